package dev.darkroom.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.Requests;
import dev.darkroom.gearman.SilentServer;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever is asked, answered, cancelled and cut off, in whatever order: everything ends once and nothing is kept. */
class ClientPropertyTest {

    private enum Step {
        SUBMIT_BACKGROUND,
        SUBMIT_FOREGROUND,
        SUBMIT_WITH_TIME_OUT,
        SUBMIT_THREE,
        ASK_UNIQUE,
        ECHO,
        CANCEL_LAST,
        ANSWER_ONE,
        ANSWER_ALL,
        REFUSE_ONE,
        UPDATE,
        END_JOB,
        HANG_UP
    }

    @Property(tries = 60)
    void every_future_completes_once_and_all_room_is_given_back(@ForAll @Size(max = 40) List<Step> steps)
            throws Exception {
        try (SilentServer server = new SilentServer()) {
            GearmanClient client = GearmanClient.builder()
                    .servers(List.of(server.address()))
                    .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                    .maxInFlight(8)
                    .maxBytesInFlight(50)
                    .maxAwaitedJobs(5)
                    .build();
            Run run = new Run(server, client);
            run.connect();
            for (Step step : steps) {
                run.take(step);
            }
            client.close();

            for (CompletableFuture<?> future : run.futures) {
                assertThat(future.handle((value, failure) -> true).get(10, TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(run.completions).hasValue(run.futures.size());
            assertThat(run.told).allMatch(times -> times == 1);
            assertThat(client.inFlight()).isZero();
            assertThat(client.bytesInFlight()).isZero();
            assertThat(client.awaitedJobs()).isZero();
        }
    }

    /** A client and the server that it talks to, which answers in order as every job server does. */
    private static final class Run {

        private final SilentServer server;
        private final GearmanClient client;
        private final List<CompletableFuture<?>> futures = new ArrayList<>();
        private final AtomicInteger completions = new AtomicInteger();
        /** How often the listener heard of each job that was submitted with others. */
        private final List<Integer> told = new CopyOnWriteArrayList<>();

        private final List<String> jobs = new ArrayList<>();
        private Requests requests;
        private final Deque<Packet> owed = new ArrayDeque<>();
        private int handles;

        Run(SilentServer server, GearmanClient client) {
            this.server = server;
            this.client = client;
        }

        void connect() throws Exception {
            requests = new Requests(server.next()).greet();
            while (!client.isConnected()) {
                Thread.onSpinWait();
            }
            jobs.clear();
            owed.clear();
        }

        void take(Step step) throws Exception {
            switch (step) {
                case SUBMIT_BACKGROUND -> request(client.submitBackground(job()));
                case SUBMIT_FOREGROUND -> foreground(client.submit(job()));
                case SUBMIT_WITH_TIME_OUT ->
                    foreground(client.submit(job(), JobUpdates.NONE, Duration.ofNanos(1 + futures.size() * 50_000L)));
                case SUBMIT_THREE -> batch();
                case ASK_UNIQUE -> request(client.statusOfUnique("key"));
                case ECHO -> request(client.echo(server.address(), new byte[3]));
                case CANCEL_LAST -> {
                    if (!futures.isEmpty()) {
                        futures.get(futures.size() - 1).cancel(false);
                    }
                }
                case ANSWER_ONE -> answer(Math.min(1, owed.size()));
                case ANSWER_ALL -> answer(owed.size());
                case REFUSE_ONE -> {
                    if (owed.poll() != null) {
                        requests.answer(Packet.response(PacketType.ERROR, "QUEUE_ERROR", "full"));
                    }
                }
                case UPDATE -> {
                    for (String handle : jobs) {
                        requests.answer(Packet.response(PacketType.WORK_DATA, new byte[5], handle));
                    }
                }
                case END_JOB -> {
                    if (!jobs.isEmpty()) {
                        requests.answer(Packet.response(PacketType.WORK_COMPLETE, new byte[5], jobs.remove(0)));
                    }
                }
                case HANG_UP -> {
                    requests.hangUp();
                    connect();
                }
            }
        }

        /** What fails at once was not sent; all else arrives. */
        private void request(CompletableFuture<?> future) throws IOException {
            boolean refused = future.isDone();
            watch(future);
            if (!refused) {
                owed.add(requests.next());
            }
        }

        private void batch() throws IOException {
            Batch batch = new Batch();
            client.submitBackground(List.of(job(), job(), job()), batch);
            batch.ends.forEach(this::watch);
            for (int i = batch.refused.get(); i < 3; i++) {
                owed.add(requests.next());
            }
        }

        /** Hears of three jobs; those that are refused are told of before the call returns. */
        private final class Batch implements SubmissionListener {

            private final List<CompletableFuture<?>> ends =
                    List.of(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
            private final AtomicInteger refused = new AtomicInteger();
            private final Set<Integer> heard = ConcurrentHashMap.newKeySet();

            @Override
            public void submitted(int index) {
                tell(index);
            }

            @Override
            public void failed(int index, GearmanException cause) {
                if (cause instanceof TooManyInFlightException) {
                    refused.incrementAndGet();
                }
                tell(index);
            }

            private void tell(int index) {
                told.add(heard.add(index) ? 1 : 2);
                ends.get(index).complete(null);
            }
        }

        private void foreground(ForegroundJob job) throws IOException {
            request(job.handle());
            watch(job.result());
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Counting does not fail.
        private void watch(CompletableFuture<?> future) {
            futures.add(future);
            future.whenComplete((value, failure) -> completions.incrementAndGet());
        }

        private void answer(int count) throws IOException {
            Packet[] answers = new Packet[count];
            for (int i = 0; i < count; i++) {
                answers[i] = answerTo(owed.remove());
            }
            requests.answer(answers);
        }

        private Packet answerTo(Packet request) {
            return switch (request.type()) {
                case ECHO_REQ -> Packet.response(PacketType.ECHO_RES, request.payload());
                case GET_STATUS_UNIQUE -> Packet.response(PacketType.STATUS_RES_UNIQUE, "key", "0", "0", "0", "0", "0");
                default -> {
                    String handle = "H:" + ++handles / 2;
                    jobs.add(handle);
                    yield Packet.response(PacketType.JOB_CREATED, handle);
                }
            };
        }

        private Submission job() {
            return new Submission("function", "key", new byte[10]);
        }
    }
}
