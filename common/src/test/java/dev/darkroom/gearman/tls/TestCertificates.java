package dev.darkroom.gearman.tls;

import dev.darkroom.gearman.ServerTlsSettings;
import dev.darkroom.gearman.TlsSettings;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An authority and what it issued, as PEM files in a folder. */
public final class TestCertificates {

    private final Path folder;
    private final X509Bundle authority;

    public TestCertificates(Path folder) throws Exception {
        this.folder = folder;
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=Authority of " + folder.getFileName())
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(authorityFile(), authority.getCertificatePEM());
        issue("server", builder -> builder.addSanIpAddress("127.0.0.1").addSanDnsName("localhost"));
    }

    public Path authorityFile() {
        return folder.resolve("authority.pem");
    }

    public Path chain(String name) {
        return folder.resolve(name + ".pem");
    }

    public Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    /** Makes the files of a certificate. */
    public void issue(String name, UnaryOperator<CertificateBuilder> what) throws Exception {
        X509Bundle issued = what.apply(new CertificateBuilder().ecp256().subject("CN=" + name))
                .buildIssuedBy(authority);
        write(chain(name), issued.getCertificatePathPEM());
        write(key(name), issued.getPrivateKeyPEM());
    }

    /** A certificate of the server's own name that ended in 2024. */
    public void issueExpired(String name) throws Exception {
        issue(
                name,
                builder -> builder.addSanIpAddress("127.0.0.1")
                        .notBefore(Instant.parse("2024-01-01T00:00:00Z"))
                        .notAfter(Instant.parse("2024-02-01T00:00:00Z")));
    }

    /** A server that shows the certificate of this name. */
    public ServerTlsSettings server(String name) {
        return ServerTlsSettings.of(chain(name), key(name));
    }

    public ServerTlsSettings server() {
        return server("server");
    }

    /** A client that trusts the authority. */
    public TlsSettings.Builder trusting() {
        return TlsSettings.builder().trustedCertificates(authorityFile());
    }

    public TlsSettings client() {
        return trusting().build();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }
}
