package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests byte by byte, for what a proper client refuses to send. */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 20_000;

    private RawHttp() {}

    /** @param head request line and headers without the last empty line */
    static String send(String origin, String head) throws IOException {
        try (Socket socket = connect(origin)) {
            socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Posts the same bytes many times over, chunked, so that no length can be looked at first.
     *
     * @return what the server answered, also if it broke off
     */
    static String flood(String origin, String path, String contentType, byte[] bytes, int times) throws IOException {
        try (Socket socket = connect(origin)) {
            boolean taken = write(socket, path, contentType, bytes, times);
            byte[] answer = new byte[4_000];
            int length = socket.getInputStream().read(answer);
            assertThat(taken).as("the server read all of it").isFalse();
            return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
        }
    }

    /** Posts a body at ten bytes a second, until the server answers. */
    static String trickle(String origin, String path, String contentType) throws IOException, InterruptedException {
        try (Socket socket = connect(origin)) {
            OutputStream output = socket.getOutputStream();
            output.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + contentType
                            + "\r\nContent-Length: 1000\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            while (socket.getInputStream().available() == 0) {
                output.write('-');
                output.flush();
                Pause.SLEEP.pause(Duration.ofMillis(100));
            }
            byte[] answer = new byte[4_000];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
        }
    }

    private static boolean write(Socket socket, String path, String contentType, byte[] bytes, int times)
            throws IOException {
        OutputStream output = socket.getOutputStream();
        output.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + contentType
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try {
            for (int i = 0; i < times; i++) {
                output.write(size);
                output.write(bytes);
                output.write(new byte[] {'\r', '\n'});
            }
            return true;
        } catch (SocketException brokenOff) {
            return false;
        }
    }

    private static Socket connect(String origin) throws IOException {
        URI url = URI.create(origin);
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
