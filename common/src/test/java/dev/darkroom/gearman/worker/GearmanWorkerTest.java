package dev.darkroom.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.RawConnection;
import dev.darkroom.gearman.ReceivedJobs;
import dev.darkroom.gearman.Requests;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.SilentServer;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GearmanWorkerTest {

    @Test
    void a_silent_server_is_given_up_and_connected_to_anew() throws Exception {
        BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
        try (SilentServer server = new SilentServer();
                GearmanWorker worker = builder(new ReceivedJobs(), server.address())
                        .answerTimeout(Duration.ofMillis(200))
                        .regrabInterval(Duration.ofMillis(50))
                        .listener(new WorkerListener() {
                            @Override
                            public void connectionLost(ServerAddress address, Throwable cause) {
                                lost.add(cause);
                            }
                        })
                        .build()) {
            server.next();

            assertThat(lost.poll(10, TimeUnit.SECONDS)).isInstanceOf(AnswerTimeoutException.class);
            server.next();
            assertThat(worker.held()).isZero();
        }
    }

    @Test
    void grabs_are_pipelined_up_to_the_capacity_and_no_further() throws Exception {
        ReceivedJobs received = new ReceivedJobs();
        try (SilentServer server = new SilentServer();
                GearmanWorker worker = builder(received, server.address())
                        .capacity(20)
                        .regrabInterval(Duration.ofHours(1))
                        .build()) {
            Socket connection = server.next();
            Requests requests = new Requests(connection);
            assertThat(requests.next().type()).isEqualTo(PacketType.CAN_DO);
            List<AssignedJob> jobs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                assertThat(requests.next().type()).isEqualTo(PacketType.GRAB_JOB_UNIQ);
                connection
                        .getOutputStream()
                        .write(RawConnection.bytes(
                                Packet.response(PacketType.JOB_ASSIGN_UNIQ, new byte[0], "H:" + i, "function", "")));
                jobs.add(received.next());
            }

            worker.complete(jobs);

            List<PacketType> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(requests.next().type());
            }
            assertThat(sent).filteredOn(PacketType.WORK_COMPLETE::equals).hasSize(20);
            assertThat(sent).filteredOn(PacketType.GRAB_JOB_UNIQ::equals).hasSize(20);
            assertThat(connection.getInputStream().available()).isZero();
            connection.close();
        }
    }

    @Test
    void no_job_means_sleep_and_noop_means_grab() throws Exception {
        ReceivedJobs received = new ReceivedJobs();
        try (SilentServer server = new SilentServer();
                GearmanWorker worker = builder(received, server.address())
                        .capacity(2)
                        .regrabInterval(Duration.ofHours(1))
                        .build()) {
            Socket connection = server.next();
            Requests requests = new Requests(connection);
            requests.next();
            assertThat(requests.next().type()).isEqualTo(PacketType.GRAB_JOB_UNIQ);
            assertThat(requests.next().type()).isEqualTo(PacketType.GRAB_JOB_UNIQ);
            byte[] nothing = RawConnection.bytes(Packet.response(PacketType.NO_JOB));
            connection.getOutputStream().write(nothing);
            connection.getOutputStream().write(RawConnection.bytes(Packet.response(PacketType.NOOP)));
            connection.getOutputStream().write(nothing);
            // Only now are all grabs answered: going to sleep lets the server say whether a job came in between.
            assertThat(requests.next().type()).isEqualTo(PacketType.PRE_SLEEP);

            connection.getOutputStream().write(RawConnection.bytes(Packet.response(PacketType.NOOP)));
            assertThat(requests.next().type()).isEqualTo(PacketType.GRAB_JOB_UNIQ);
            connection.getOutputStream().write(nothing);
            assertThat(requests.next().type()).isEqualTo(PacketType.PRE_SLEEP);
            assertThat(worker.held()).isZero();
            connection.close();
        }
    }

    @Test
    void an_assignment_that_was_not_asked_for_ends_the_connection() throws Exception {
        BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
        ReceivedJobs received = new ReceivedJobs();
        try (SilentServer server = new SilentServer();
                GearmanWorker worker = builder(received, server.address())
                        .capacity(0)
                        .listener(new WorkerListener() {
                            @Override
                            public void connectionLost(ServerAddress address, Throwable cause) {
                                lost.add(cause);
                            }
                        })
                        .build()) {
            server.next()
                    .getOutputStream()
                    .write(RawConnection.bytes(
                            Packet.response(PacketType.JOB_ASSIGN_UNIQ, new byte[0], "H:1", "function", "")));

            assertThat(lost.poll(10, TimeUnit.SECONDS))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("without a grab");
            assertThat(received.waiting()).isEmpty();
            assertThat(worker.held()).isZero();
        }
    }

    @Test
    void jobs_of_two_servers_are_taken_within_one_capacity() throws Exception {
        ReceivedJobs received = new ReceivedJobs();
        try (JobServer first = JobServer.start(JobServerSettings.DEFAULT);
                JobServer second = JobServer.start(JobServerSettings.DEFAULT)) {
            fill(first);
            fill(second);
            try (GearmanWorker worker = builder(received, address(first), address(second))
                    .capacity(10)
                    .build()) {
                Set<ServerAddress> seen = new HashSet<>();
                for (int i = 0; i < 40; i++) {
                    AssignedJob job = received.next();
                    assertThat(worker.held()).isBetween(1, 10);
                    seen.add(job.connection().server());
                    worker.complete(job);
                }
                assertThat(seen).containsExactlyInAnyOrder(address(first), address(second));
            }
        }
    }

    @Test
    void after_close_answers_are_reported_as_dropped() throws Exception {
        BlockingQueue<String> dropped = new LinkedBlockingQueue<>();
        ReceivedJobs received = new ReceivedJobs();
        try (JobServer server = JobServer.start(JobServerSettings.DEFAULT)) {
            fill(server);
            GearmanWorker worker = builder(received, address(server))
                    .listener(new WorkerListener() {
                        @Override
                        public void answerDropped(AssignedJob job, String reason) {
                            dropped.add(reason);
                        }
                    })
                    .build();
            AssignedJob job = received.next();
            worker.close();
            worker.close();
            worker.complete(job);
            worker.setCapacity(5);

            assertThat(dropped.poll(10, TimeUnit.SECONDS)).isEqualTo("the worker is closed");
            assertThat(worker.quiet()).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_listener_that_throws_disturbs_nothing() throws Exception {
        BlockingQueue<AssignedJob> received = new LinkedBlockingQueue<>();
        AtomicReference<GearmanWorker> self = new AtomicReference<>();
        AtomicBoolean lost = new AtomicBoolean();
        try (JobServer server = JobServer.start(JobServerSettings.DEFAULT)) {
            fill(server);
            JobReceiver answersTwice = job -> {
                received.add(job);
                self.get().complete(List.of(job, job));
            };
            try (GearmanWorker worker = builder(answersTwice, address(server))
                    .capacity(0)
                    .regrabInterval(Duration.ofHours(1))
                    .listener(new WorkerListener() {
                        @Override
                        public void connectionLost(ServerAddress address, Throwable cause) {
                            lost.set(true);
                        }

                        @Override
                        public void answerDropped(AssignedJob job, String reason) {
                            throw new IllegalStateException("on purpose");
                        }
                    })
                    .build()) {
                self.set(worker);
                worker.setCapacity(2);
                for (int i = 0; i < 20; i++) {
                    assertThat(received.poll(10, TimeUnit.SECONDS)).isNotNull();
                }
                assertThat(lost).isFalse();
            }
        }
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        ServerAddress server = new ServerAddress("localhost", 4730);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GearmanWorker.builder().function(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GearmanWorker.builder().function("f", Duration.ofMillis(999)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GearmanWorker.builder().function("f", Duration.ofDays(25)));
        assertThat(new Ability("f", Duration.ofNanos(1_500_000_001)).timeout()).isEqualTo(Duration.ofMillis(1501));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GearmanWorker.builder().regrabInterval(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder(new ReceivedJobs(), server).capacity(-1).build());
    }

    private static void fill(JobServer server) throws Exception {
        try (GearmanClient client =
                GearmanClient.builder().servers(List.of(address(server))).build()) {
            assertThat(client.awaitConnected(Duration.ofSeconds(10))).isTrue();
            for (int i = 0; i < 20; i++) {
                client.submitBackground(new Submission("function", "k" + i, new byte[0]))
                        .get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static ServerAddress address(JobServer server) {
        return new ServerAddress("127.0.0.1", server.port());
    }

    private static GearmanWorker.Builder builder(JobReceiver receiver, ServerAddress... servers) {
        return GearmanWorker.builder()
                .servers(List.of(servers))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)))
                .function("function")
                .receiver(receiver);
    }
}
