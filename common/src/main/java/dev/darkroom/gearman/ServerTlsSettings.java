package dev.darkroom.gearman;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link dev.darkroom.gearman.server.JobServer} speaks TLS 1.2 and 1.3. Immutable and thread-safe; the files are
 * read once. Prints no secrets.
 */
public final class ServerTlsSettings {

    /** Long enough for a slow line, short enough that silent peers do not pile up. */
    private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final Duration handshakeTimeout;
    private final boolean requiresClientCertificates;
    private final SslContext context;

    private ServerTlsSettings(
            List<X509Certificate> chain,
            PrivateKey key,
            Duration handshakeTimeout,
            boolean requiresClientCertificates,
            SslContext context) {
        this.chain = chain;
        this.key = key;
        this.handshakeTimeout = handshakeTimeout;
        this.requiresClientCertificates = requiresClientCertificates;
        this.context = context;
    }

    /**
     * Any client may connect.
     *
     * @param certificateChain in PEM form, the server's own certificate first
     * @param privateKey of that certificate, in PEM form, PKCS#8, not encrypted
     * @throws IllegalArgumentException where a file cannot be read, holds something else, or key and certificate do not
     *     belong together; the message names the file
     */
    public static ServerTlsSettings of(Path certificateChain, Path privateKey) {
        List<X509Certificate> chain = PemFiles.certificates(certificateChain);
        PrivateKey key = PemFiles.privateKey(privateKey, certificateChain, chain.get(0));
        return new ServerTlsSettings(chain, key, DEFAULT_HANDSHAKE_TIMEOUT, false, context(chain, key, null));
    }

    /**
     * Only clients may connect that show a certificate which one of these authorities issued.
     *
     * @param authorities their certificates in PEM form
     * @throws IllegalArgumentException where the file cannot be read or holds something else
     */
    public ServerTlsSettings requiringClientCertificates(Path authorities) {
        SslContext requiring = context(chain, key, PemFiles.certificates(authorities));
        return new ServerTlsSettings(chain, key, handshakeTimeout, true, requiring);
    }

    /** A peer that takes longer for its handshake is cut off. Default 10 s. */
    public ServerTlsSettings withHandshakeTimeout(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("The time-out of a handshake must be positive: " + value);
        }
        return new ServerTlsSettings(chain, key, value, requiresClientCertificates, context);
    }

    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** The server's side of a new connection. */
    public SSLEngine newEngine() {
        return context.newEngine(ByteBufAllocator.DEFAULT);
    }

    @Override
    public String toString() {
        return "TLS" + (requiresClientCertificates ? " requiring client certificates" : "");
    }

    private static SslContext context(
            List<X509Certificate> chain, PrivateKey key, @Nullable List<X509Certificate> authorities) {
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain).sslProvider(SslProvider.JDK);
        if (authorities != null) {
            builder.trustManager(authorities).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
