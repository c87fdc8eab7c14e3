package dev.darkroom.gearman.server;

import static dev.darkroom.gearman.protocol.PacketType.CAN_DO;
import static dev.darkroom.gearman.protocol.PacketType.GRAB_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB;
import static dev.darkroom.gearman.protocol.PacketType.SUBMIT_JOB_BG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.Wire;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.protocol.Magic;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server ends, and what it outlives. */
@Timeout(60)
class JobServerEndTest {

    @Test
    void an_error_that_kills_the_thread_closes_everything_and_frees_the_port() throws Exception {
        DyingLoop loop = new DyingLoop();
        JobServer server = JobServer.start(JobServerSettings.DEFAULT, loop);
        try (Wire wire = new Wire(address(server))) {
            wire.settle();
            loop.die();

            assertThat(server.closed())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("died of an error");
            assertThat(wire.read()).isEqualTo("CLOSED");
        }
        assertThatThrownBy(() -> new Wire(address(server)).close()).isInstanceOf(IOException.class);
        JobServer.start(JobServerSettings.DEFAULT.withPort(server.port())).close();
        server.close();
    }

    @Test
    void a_graceful_shutdown_takes_nobody_new_and_waits_for_the_others() throws Exception {
        JobServer server = JobServer.start(JobServerSettings.DEFAULT);
        try (Wire wire = new Wire(address(server)).settle()) {
            try (GearmanAdmin admin = new GearmanAdmin(address(server))) {
                admin.shutdownGracefully();
            }
            assertRefusesNew(server);
            wire.send(CAN_DO, "f").send(SUBMIT_JOB_BG, "f", "", "").readHandle();
            assertThat(wire.send(GRAB_JOB).readType()).isEqualTo("JOB_ASSIGN");
            assertThat(server.closed()).isNotDone();
        }
        assertThat(server.closed()).succeedsWithin(Duration.ofSeconds(10));
        server.close();
    }

    @Test
    void a_connection_too_many_is_told_so_and_the_place_of_one_that_left_is_free() throws Exception {
        try (JobServer server = JobServer.start(JobServerSettings.DEFAULT.withMaxConnections(1))) {
            try (Wire first = new Wire(address(server)).settle();
                    Wire second = new Wire(address(server))) {
                assertThat(second.read()).startsWith("ERROR TOO_MANY_CONNECTIONS|The job server has its limit of 1");
                assertThat(second.read()).isEqualTo("CLOSED");
                assertThat(first.isQuiet()).isTrue();
            }
            while (true) {
                try (Wire next = new Wire(address(server))) {
                    next.send(Magic.REQUEST.code(), 16, new byte[0]);
                    if (next.read().equals("ECHO_RES")) {
                        return;
                    }
                }
            }
        }
    }

    @Test
    void what_crashes_gearmand_ends_one_connection_here() throws Exception {
        try (JobServer server = JobServer.start(JobServerSettings.DEFAULT);
                Wire honest = new Wire(address(server))) {
            try (Wire wire = new Wire(address(server)).send(Magic.REQUEST.code(), -1, new byte[0])) {
                assertThat(wire.read()).startsWith("ERROR PROTOCOL_ERROR|unknown packet type 4294967295");
                assertThat(wire.read()).isEqualTo("CLOSED");
            }
            try (Wire wire = new Wire(address(server))
                    .send(Magic.REQUEST.code(), 23, "f\00099999999999999999999".getBytes(ISO_8859_1))) {
                assertThat(wire.read()).startsWith("ERROR PROTOCOL_ERROR|a time-out of");
                assertThat(wire.read()).isEqualTo("CLOSED");
            }
            String handle = honest.send(SUBMIT_JOB_BG, "dropped", "", "").readHandle();
            honest.line("drop function dropped");
            assertThat(honest.readLine()).startsWith("ERR there are still");
            assertThat(honest.send(CAN_DO, "dropped").send(GRAB_JOB).readHandle())
                    .isEqualTo(handle);
        }
    }

    @Test
    void a_worker_that_asks_for_more_than_it_reads_is_not_cut_off() throws Exception {
        String payload = "x".repeat(100_000);
        int jobs = 200;
        try (JobServer server = JobServer.start(JobServerSettings.DEFAULT.withMaxUnreadBytes(1_000_000));
                Wire wire = new Wire(address(server))) {
            wire.send(CAN_DO, "f");
            for (int i = 0; i < jobs; i++) {
                wire.send(SUBMIT_JOB_BG, "f", "", payload);
                wire.readHandle();
            }
            // All in one read of the server, so that autoRead comes too late to stop them.
            for (int i = 0; i < jobs; i++) {
                wire.send(GRAB_JOB);
            }
            for (int i = 0; i < jobs; i++) {
                assertThat(wire.read()).endsWith("|f|" + payload);
            }
            assertThat(wire.isQuiet()).isTrue();
        }
    }

    @Test
    void memory_of_functions_announcements_and_waiting_clients_is_bounded_too() throws Exception {
        try (JobServer server = JobServer.start(JobServerSettings.DEFAULT.withMaxBytes(20_000));
                Wire wire = new Wire(address(server))) {
            wire.send(SUBMIT_JOB, "f", "key", "");
            String answer = wire.read();
            int answers = 0;
            while (answer.startsWith("JOB_CREATED")) {
                answers++;
                answer = wire.send(SUBMIT_JOB, "f", "key", "").read();
            }
            assertThat(answers).isGreaterThan(50);
            assertThat(answer).startsWith("ERROR QUEUE_ERROR|Job server is full");
            assertThat(wire.send(CAN_DO, "g").read()).startsWith("ERROR QUEUE_ERROR|Job server is full");
            wire.close();
            while (server.look(JobTable::bytes).get(10, TimeUnit.SECONDS) > 5_000) {
                Thread.onSpinWait();
            }
        }
    }

    /** The kernel may still take one for the moment until the server's thread has closed its socket. */
    private static void assertRefusesNew(JobServer server) {
        try (Wire late = new Wire(address(server))) {
            assertThat(late.read()).isEqualTo("CLOSED");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("refused");
        }
    }

    private static ServerAddress address(JobServer server) {
        return new ServerAddress("127.0.0.1", server.port());
    }
}
