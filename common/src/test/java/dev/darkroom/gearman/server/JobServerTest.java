package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.GearmanAdmin;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobServerTest {

    private static final String SUBMIT_F_K = "\0REQ\0\0\0\22\0\0\0\4f\0k\0";
    private static final String SUBMIT_F_L = "\0REQ\0\0\0\22\0\0\0\4f\0l\0";

    @Test
    void packets_and_text_lines_may_follow_each_other_on_one_connection() throws Exception {
        try (JobServer server = start(JobServerSettings.DEFAULT);
                Peer peer = new Peer(server)) {
            peer.send("version\n" + "\0REQ\0\0\0\20\0\0\0\3abc" + "maxqueue\r\n" + "nonsense x\r\n" + SUBMIT_F_K);

            peer.expect("OK 1.1-darkroom-embedded\n");
            peer.expect("\0RES\0\0\0\21\0\0\0\3abc");
            peer.expect("ERR INVALID_ARGUMENTS ");
            peer.expectLineEnd();
            peer.expect("ERR UNKNOWN_COMMAND ");
            peer.expectLineEnd();
            peer.expect("\0RES\0\0\0\10");
        }
    }

    @Test
    void a_violation_is_answered_with_what_was_wrong_and_ends_the_connection() throws Exception {
        assertRefused("\0REQ\0\0\0\143\0\0\0\0", "unknown packet type 99");
        assertRefused("\0XXX\0\0\0\22\0\0\0\0", "wrong magic");
        assertRefused("\0REQ\0\0\0\22\0\0\0\1f", "wrong argument count");
        assertRefused("\0REQ\0\0\0\22\177\0\0\0", "larger than the limit");
        assertRefused("x".repeat(70_000), "a line of more than");
    }

    @Test
    void more_jobs_than_allowed_are_refused_until_some_are_gone() throws Exception {
        try (JobServer server = start(JobServerSettings.DEFAULT.withMaxJobs(1));
                Peer peer = new Peer(server)) {
            peer.send(SUBMIT_F_K + SUBMIT_F_L + SUBMIT_F_K);

            assertThat(peer.packet()).startsWith("\0RES\0\0\0\10");
            assertThat(peer.packet())
                    .startsWith("\0RES\0\0\0\23")
                    .contains("QUEUE_ERROR\0Job server is full: it has its limit of 1 jobs");
            assertThat(peer.packet()).startsWith("\0RES\0\0\0\10");

            peer.send("\0REQ\0\0\0\1\0\0\0\1f" + "\0REQ\0\0\0\11\0\0\0\0");
            String assigned = peer.packet();
            String handle = assigned.substring(12, assigned.indexOf('\0', 12));
            peer.send("\0REQ\0\0\0\15\0\0\0" + (char) (handle.length() + 1) + handle + "\0" + SUBMIT_F_L);
            assertThat(peer.packet()).startsWith("\0RES\0\0\0\10");
        }
    }

    @Test
    void more_bytes_than_allowed_are_refused() throws Exception {
        try (JobServer server = start(JobServerSettings.DEFAULT.withMaxBytes(2501));
                Peer peer = new Peer(server)) {
            peer.send(SUBMIT_F_K + SUBMIT_F_L + "\0REQ\0\0\0\22\0\0\1\0f\0m\0" + "x".repeat(252));

            assertThat(peer.packet()).startsWith("\0RES\0\0\0\10");
            assertThat(peer.packet()).startsWith("\0RES\0\0\0\10");
            assertThat(peer.packet()).contains("QUEUE_ERROR\0Job server is full: it takes 2303 of at most 2501");
        }
    }

    @Test
    void the_command_shutdown_ends_it() throws Exception {
        JobServer server = start(JobServerSettings.DEFAULT);
        try (GearmanAdmin admin = new GearmanAdmin(address(server))) {
            admin.shutdown();
        }
        assertThat(server.closed()).succeedsWithin(Duration.ofSeconds(10));
        assertThatThrownBy(() -> new Peer(server)).isInstanceOf(IOException.class);
        server.close();
    }

    @Test
    void a_taken_port_is_an_error() {
        try (JobServer first = start(JobServerSettings.DEFAULT)) {
            assertThatThrownBy(() -> start(JobServerSettings.DEFAULT.withPort(first.port())))
                    .isInstanceOf(BindException.class);
        }
    }

    private static void assertRefused(String bytes, String message) throws IOException {
        try (JobServer server = start(JobServerSettings.DEFAULT);
                Peer peer = new Peer(server)) {
            peer.send(bytes);
            assertThat(peer.packet())
                    .startsWith("\0RES\0\0\0\23")
                    .contains("PROTOCOL_ERROR\0")
                    .contains(message);
            assertThat(peer.isAtEnd()).isTrue();
        }
    }

    private static JobServer start(JobServerSettings settings) {
        return JobServer.start(settings);
    }

    private static ServerAddress address(JobServer server) {
        return new ServerAddress("127.0.0.1", server.port());
    }

    /** Bytes to and from a server, written as text. */
    private static final class Peer implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;

        Peer(JobServer server) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(10_000);
            in = socket.getInputStream();
        }

        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        }

        void expect(String bytes) throws IOException {
            assertThat(new String(in.readNBytes(bytes.length()), ISO_8859_1)).isEqualTo(bytes);
        }

        void expectLineEnd() throws IOException {
            int read = in.read();
            while (read != '\n') {
                assertThat(read).isNotNegative();
                read = in.read();
            }
        }

        String packet() throws IOException {
            String header = new String(in.readNBytes(12), ISO_8859_1);
            int size = header.charAt(10) * 256 + header.charAt(11);
            return header + new String(in.readNBytes(size), ISO_8859_1);
        }

        boolean isAtEnd() throws IOException {
            return in.read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
