package dev.darkroom.gearman.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TlsHandshakeException;
import dev.darkroom.gearman.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks the text protocol: one line out, lines back. Not thread-safe. After an
 * {@link IOException} it is of no use any more.
 */
final class TextConnection implements AutoCloseable {

    /** A line longer than this is not an answer of a job server. */
    private static final int MAX_LINE = 1024 * 1024;

    private final Socket socket;

    /** Without TLS the same. */
    private final Socket wire;

    private final byte[] buffer = new byte[16 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int next;
    private int end;
    private long deadline;

    /** @param socket connected; closed with this */
    TextConnection(Socket socket) {
        this(socket, socket);
    }

    private TextConnection(Socket socket, Socket wire) {
        this.socket = socket;
        this.wire = wire;
    }

    /** @param timeout for connecting and the TLS handshake together */
    static TextConnection connect(ServerAddress server, Duration timeout, @Nullable TlsSettings tls)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.host(), server.port()), Math.toIntExact(timeout.toMillis()));
            return tls == null ? new TextConnection(socket) : secured(socket, server, tls, deadline);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static TextConnection secured(Socket wire, ServerAddress server, TlsSettings tls, long deadline)
            throws IOException {
        SSLSocket socket = tls.newSocket(wire, server);
        socket.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        try {
            socket.startHandshake();
        } catch (IOException e) {
            throw new IOException(TlsHandshakeException.of(server, tls, e).getMessage(), e);
        }
        return new TextConnection(socket, wire);
    }

    /** Sends a command; its whole answer must be read within this time. Lines end with CR LF: gearmand cuts without. */
    void send(String command, Duration timeout) throws IOException {
        deadline = System.nanoTime() + timeout.toNanos();
        socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    }

    /** Whether bytes have come that nobody asked for. */
    boolean hasMore() throws IOException {
        // What has come over TLS counts as available only when a part of it was read.
        return next < end
                || socket.getInputStream().available() > 0
                || wire.getInputStream().available() > 0;
    }

    /** The next line, without its line feed; errors have a carriage return before it, which stays. */
    String readLine() throws IOException {
        line.reset();
        for (int read = read(); read != '\n'; read = read()) {
            if (line.size() >= MAX_LINE) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
            line.write(read);
        }
        return line.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int read() throws IOException {
        if (next == end) {
            fill();
        }
        return buffer[next++] & 0xff;
    }

    private void fill() throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the answer did not come in time");
        }
        socket.setSoTimeout(Math.toIntExact(left));
        InputStream in = socket.getInputStream();
        end = in.read(buffer);
        next = 0;
        if (end < 0) {
            end = 0;
            throw new EOFException("the job server closed the connection");
        }
    }
}
