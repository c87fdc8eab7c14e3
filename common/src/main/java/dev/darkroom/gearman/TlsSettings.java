package dev.darkroom.gearman;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 or 1.3 between this process and its job servers. Immutable and thread-safe; the files are read once, so build
 * new settings when a certificate was renewed. Prints no secrets.
 *
 * <p>The server must speak TLS from the first byte. gearmand does where it was built with TLS; where it was not, as
 * Debian's 1.1.20, it accepts {@code --ssl} and speaks plain text all the same, and the connection fails saying so. Put a
 * proxy in front of such a server that ends TLS, as stunnel or nginx's {@code stream} module, let gearmand listen on
 * loopback alone, and connect to the proxy.
 *
 * <p>A server that speaks TLS 1.3 judges the client's certificate after the client's handshake has completed: a refused
 * one shows as a connection that is lost at once.
 */
public final class TlsSettings {

    private final JdkSslContext context;
    private final boolean checksHostName;
    private final boolean hasClientCertificate;

    private TlsSettings(JdkSslContext context, boolean checksHostName, boolean hasClientCertificate) {
        this.context = context;
        this.checksHostName = checksHostName;
        this.hasClientCertificate = hasClientCertificate;
    }

    /** Trusts the JDK's certificate authorities, shows no certificate, checks the server's name. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether servers that require a client certificate can be connected to. */
    public boolean hasClientCertificate() {
        return hasClientCertificate;
    }

    /** The client's side of a connection to this server. */
    public SSLEngine newEngine(ServerAddress server) {
        SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT, server.host(), server.port());
        engine.setSSLParameters(identifying(engine.getSSLParameters()));
        return engine;
    }

    /** The client's side of a connection to this server, over a connected socket, which is closed with it. */
    public SSLSocket newSocket(Socket connected, ServerAddress server) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.context().getSocketFactory().createSocket(connected, server.host(), server.port(), true);
        socket.setSSLParameters(identifying(socket.getSSLParameters()));
        return socket;
    }

    private SSLParameters identifying(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm(checksHostName ? "HTTPS" : "");
        return parameters;
    }

    @Override
    public String toString() {
        return "TLS" + (checksHostName ? "" : " without host name check")
                + (hasClientCertificate ? " with a client certificate" : "");
    }

    /** Not thread-safe. */
    public static final class Builder {

        private @Nullable Path trusted;
        private @Nullable Path chain;
        private @Nullable Path key;
        private boolean checksHostName = true;

        private Builder() {}

        /** Certificates in PEM form of the authorities, or of the very servers, that are trusted instead of the JDK's. */
        public Builder trustedCertificates(Path pem) {
            trusted = pem;
            return this;
        }

        /**
         * What is shown to a server that asks for a certificate.
         *
         * @param certificateChain in PEM form, the client's own certificate first
         * @param privateKey of that certificate, in PEM form, PKCS#8, not encrypted
         */
        public Builder clientCertificate(Path certificateChain, Path privateKey) {
            chain = certificateChain;
            key = privateKey;
            return this;
        }

        /**
         * Takes any trusted certificate for any server: whoever holds one can then pass for the job server. For servers
         * whose certificate does not name the host by which they are reached.
         */
        public Builder withoutHostNameCheck() {
            checksHostName = false;
            return this;
        }

        /**
         * Reads the files.
         *
         * @throws IllegalArgumentException where one cannot be read, holds something else, or key and certificate do not
         *     belong together; the message names the file
         */
        public TlsSettings build() {
            // Netty would name the check in its own way in every version; identifying() sets it.
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            if (trusted != null) {
                builder.trustManager(PemFiles.certificates(trusted));
            }
            if (chain != null && key != null) {
                List<X509Certificate> certificates = PemFiles.certificates(chain);
                builder.keyManager(PemFiles.privateKey(key, chain, certificates.get(0)), certificates);
            }
            try {
                return new TlsSettings((JdkSslContext) builder.build(), checksHostName, key != null);
            } catch (SSLException e) {
                throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
            }
        }
    }
}
