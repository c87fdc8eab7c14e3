package dev.darkroom.gearman;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS with a job server did not come about, and it answered nothing. The message says what is wrong and what to do. */
public final class TlsHandshakeException extends GearmanException {

    private TlsHandshakeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what a failure on the way to an established connection means. */
    public static TlsHandshakeException of(ServerAddress server, TlsSettings settings, Throwable failure) {
        return failure instanceof TlsHandshakeException told
                ? told
                : new TlsHandshakeException(meaning(server, settings, failure), failure);
    }

    private static String meaning(ServerAddress server, TlsSettings settings, Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        // "Unsupported or unrecognized SSL message" is the JDK's socket's way to say it.
        if (find(failure, NotSslRecordException.class) != null || text.contains("unrecognized SSL message")) {
            return "the server speaks no TLS on this port: connect without TLS, name its TLS port,"
                    + " or put a proxy in front of it that ends TLS";
        }
        if (find(failure, SslHandshakeTimeoutException.class) != null
                || find(failure, SocketTimeoutException.class) != null) {
            return "the server did not answer the TLS handshake in time: it hangs, or it speaks no TLS on this port;"
                    + " connect without TLS, name its TLS port, or put a proxy in front of it that ends TLS";
        }
        if (text.contains("fatal alert")) {
            return refusal(settings, text);
        }
        String certificate = certificate(server, failure);
        if (certificate != null) {
            return certificate;
        }
        if (find(failure, ClosedChannelException.class) != null
                || find(failure, EOFException.class) != null
                || find(failure, SocketException.class) != null
                || (failure instanceof IOException && !(failure instanceof SSLException))) {
            return hungUp(settings);
        }
        return "the TLS handshake failed: " + text + "; see that server and client share a TLS version and cipher";
    }

    private static @Nullable String certificate(ServerAddress server, Throwable failure) {
        if (find(failure, CertificateExpiredException.class) != null) {
            return "the server's certificate has expired: renew it";
        }
        if (find(failure, CertificateNotYetValidException.class) != null) {
            return "the server's certificate is not valid yet: set the clocks of server and client";
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null) {
            return "the server's certificate was not issued by a trusted authority:"
                    + " give the authority's certificate to trustedCertificates()";
        }
        CertificateException other = find(failure, CertificateException.class);
        String text = other == null ? "" : String.valueOf(other.getMessage());
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return "the server's certificate is not for " + server.host()
                    + ": connect to a name that it holds, or have one made that holds this name or address";
        }
        return other == null ? null : "the server's certificate is not accepted: " + text + "; have another one made";
    }

    private static String refusal(TlsSettings settings, String text) {
        if (text.contains("certificate") || text.contains("unknown_ca")) {
            return settings.hasClientCertificate()
                    ? "the server refused the client certificate (" + text
                            + "): use one that is valid and issued by an authority that the server trusts"
                    : "the server requires a client certificate (" + text + "): give one to clientCertificate()";
        }
        return "the server ended the TLS handshake (" + text
                + "): see the server's log, and that both share a TLS version and cipher";
    }

    private static String hungUp(TlsSettings settings) {
        return "the server hung up at the TLS handshake or right after it: it is stopping, it speaks no TLS on this port, or "
                + (settings.hasClientCertificate()
                        ? "it refused the client certificate; see the server's log"
                        : "it requires a client certificate, which clientCertificate() takes; see the server's log");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
