package dev.darkroom.ops.bench.gearman;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * The reference: a blocking socket with two arrays, and nothing between them and the packets. Packets are written into one
 * array and read where they lie in the other; no object is made for any of them. For one thread, except {@link #sendNow}.
 */
final class BareSocket implements AutoCloseable {

    static final int HEADER = 12;
    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] input = new byte[BUFFER];
    private final byte[] output = new byte[BUFFER];
    private int read;
    private int filled;
    private int written;

    BareSocket(ServerAddress server) throws IOException {
        socket = new Socket(server.host(), server.port());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A whole packet, to be sent many times. */
    static byte[] packet(PacketType type, byte[] body) {
        byte[] packet = new byte[HEADER + body.length];
        number(packet, 0, Magic.REQUEST.code());
        number(packet, 4, type.number());
        number(packet, 8, body.length);
        System.arraycopy(body, 0, packet, HEADER, body.length);
        return packet;
    }

    static void number(byte[] to, int at, int value) {
        to[at] = (byte) (value >>> 24);
        to[at + 1] = (byte) (value >>> 16);
        to[at + 2] = (byte) (value >>> 8);
        to[at + 3] = (byte) value;
    }

    /** Adds bytes to what leaves with the next {@link #flush}. */
    void write(byte[] from, int start, int length) throws IOException {
        if (length > output.length - written) {
            flush();
        }
        System.arraycopy(from, start, output, written, length);
        written += length;
    }

    void write(byte[] packet) throws IOException {
        write(packet, 0, packet.length);
    }

    void flush() throws IOException {
        if (written > 0) {
            out.write(output, 0, written);
            written = 0;
        }
    }

    /** Sends a packet past what is gathered; the one call that another thread may make. */
    void sendNow(byte[] packet) throws IOException {
        out.write(packet);
    }

    /** Whether the next packet lies here as a whole. */
    boolean hasPacket() {
        return filled - read >= HEADER && filled - read >= HEADER + size();
    }

    /** Reads once; waits for bytes where none are there. */
    void fill() throws IOException {
        System.arraycopy(input, read, input, 0, filled - read);
        filled -= read;
        read = 0;
        int count = in.read(input, filled, input.length - filled);
        if (count < 0) {
            throw new EOFException("The job server closed the connection");
        }
        filled += count;
    }

    /** The number of the next packet's type. */
    int type() {
        return get(read + 4);
    }

    /** Bytes of the next packet's body. */
    int size() {
        return get(read + 8);
    }

    /** Where the next packet's body begins in {@link #input}. */
    int body() {
        return read + HEADER;
    }

    byte[] input() {
        return input;
    }

    void skip() {
        read += HEADER + size();
    }

    private int get(int at) {
        return input[at] << 24 | (input[at + 1] & 0xff) << 16 | (input[at + 2] & 0xff) << 8 | (input[at + 3] & 0xff);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
