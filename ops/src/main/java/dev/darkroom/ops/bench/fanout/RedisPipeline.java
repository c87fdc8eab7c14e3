package dev.darkroom.ops.bench.fanout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * One connection to Redis that sends commands without waiting: the bare client that others are measured beside. Speaks RESP 2.
 * Not thread-safe.
 */
final class RedisPipeline implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    /** Commands sent before answers are read: more would fill both sockets' buffers. */
    private static final int WINDOW = 1_000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private int unanswered;

    RedisPipeline(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setTcpNoDelay(true);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    /** Sends a command; its answer is read and dropped some time later. */
    void send(String... words) throws IOException {
        write(words);
        if (++unanswered == WINDOW) {
            finish();
        }
    }

    /** Reads the answers that are still to come. */
    void finish() throws IOException {
        out.flush();
        for (; unanswered > 0; unanswered--) {
            answer(ignored -> {});
        }
    }

    /** Sends a command and returns its answer: a simple string, a number or a bulk string; empty for nil. */
    String ask(String... words) throws IOException {
        finish();
        write(words);
        out.flush();
        String[] answer = {""};
        answer(text -> answer[0] = text);
        return answer[0];
    }

    private void write(String... words) throws IOException {
        StringBuilder command =
                new StringBuilder(64).append('*').append(words.length).append("\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        out.write(command.toString().getBytes(US_ASCII));
    }

    private void answer(Consumer<String> text) throws IOException {
        String line = line();
        switch (line.charAt(0)) {
            case '+', ':' -> text.accept(line.substring(1));
            case '$' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    text.accept(new String(in.readNBytes(length), US_ASCII));
                    in.skipNBytes(2);
                }
            }
            default -> throw new IOException("Redis answers: " + line);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
