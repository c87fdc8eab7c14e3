package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.JobFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Functions that are plain code: a payload in, a result out. */
abstract class JobFunctionsContract extends JobServerContract {

    @Test
    void a_function_gives_its_result() throws Exception {
        functions(job -> {
            job.sendProgress(1, 2);
            job.sendData(bytes(job.function().equals(function) ? "its own name" : ""));
            job.sendWarning(bytes(job.uniqueKey()));
            return new StringBuilder(new String(job.payload(), UTF_8))
                    .reverse()
                    .toString()
                    .getBytes(UTF_8);
        });
        RawConnection client = submitted("abc");

        assertThat(client.read().type()).isEqualTo(PacketType.WORK_STATUS);
        assertThat(next(client)).isEqualTo("WORK_DATA its own name");
        assertThat(next(client)).isEqualTo("WORK_WARNING key");
        assertThat(next(client)).isEqualTo("WORK_COMPLETE cba");
    }

    @Test
    void what_a_function_throws_is_the_exception_of_its_job() throws Exception {
        functions(job -> {
            throw new IOException("no paper");
        });
        RawConnection client = opened(new RawConnection(server().address()));
        client.send(PacketType.OPTION_REQ, "exceptions");
        client.read();
        submit(client, "");

        assertThat(next(client)).isEqualTo("WORK_EXCEPTION java.io.IOException: no paper");
    }

    @Test
    void an_error_fails_the_job_and_gives_its_place_back() throws Exception {
        GearmanWorker worker = functions(job -> {
            if (job.payload().length > 0) {
                throw new StackOverflowError("on purpose");
            }
            return bytes("fine");
        });

        assertThat(next(submitted("bad"))).isEqualTo("WORK_FAIL ");
        assertThat(next(submitted(""))).isEqualTo("WORK_COMPLETE fine");
        assertThat(worker.drain()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void closing_interrupts_what_runs_and_gives_its_job_and_those_not_begun_to_another_worker() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        ExecutorService one = Executors.newSingleThreadExecutor();
        opened(one::shutdownNow);
        GearmanWorker worker = opened(bare().capacity(2)
                .executor(one)
                .function(function, job -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        thrown.add(e);
                        throw e;
                    }
                    return job.payload();
                })
                .build());
        RawConnection first = submitted("first");
        RawConnection second = submitted("second");
        running.await();

        worker.close();

        assertThat(thrown.poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(one.submit(() -> Thread.currentThread().isInterrupted()).get(10, TimeUnit.SECONDS))
                .isFalse();
        functions(job -> bytes("done: " + new String(job.payload(), UTF_8)));
        assertThat(next(first)).isEqualTo("WORK_COMPLETE done: first");
        assertThat(next(second)).isEqualTo("WORK_COMPLETE done: second");
    }

    @Test
    void closing_answers_no_interrupted_job_and_leaves_no_interrupt_behind() throws Exception {
        OneThread thread = new OneThread();
        thread.start();
        CountDownLatch running = new CountDownLatch(1);
        GearmanWorker worker = opened(bare().executor(thread::add)
                .function(function, job -> {
                    running.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    throw new IOException("interrupted");
                })
                .build());
        RawConnection client = submitted("payload");
        running.await();

        worker.close();

        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        thread.add(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
        functions(job -> bytes("done"));
        assertThat(next(client)).isEqualTo("WORK_COMPLETE done");
    }

    /** Runs tasks in turn; who interrupts it goes on only when its task has nothing left but to say that it has ended. */
    private static final class OneThread extends Thread {

        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        OneThread() {
            super("one");
            setDaemon(true);
        }

        void add(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void interrupt() {
            super.interrupt();
            while (Thread.currentThread() != this && getState() != State.BLOCKED) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void run() {
            try {
                while (true) {
                    tasks.take().run();
                }
            } catch (InterruptedException e) {
                // An interrupt was left behind: the test waits for its task in vain.
            }
        }
    }

    @Test
    void a_function_can_be_added_live_beside_a_receiver() throws Exception {
        ReceivedJobs received = new ReceivedJobs();
        ExecutorService threads = threads();
        GearmanWorker worker =
                opened(workerBuilder(received).executor(threads).capacity(2).build());
        submitted("received");
        assertThat(text(received.next())).isEqualTo("received");
        function = function + "-live";

        worker.addFunction(function, job -> bytes("live"));

        assertThat(next(submitted(""))).isEqualTo("WORK_COMPLETE live");
        assertThat(received.waiting()).isEmpty();
    }

    @Test
    void a_function_that_nobody_would_do_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare().function("f").build())
                .withMessageContaining("receiver");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare().function("f", job -> job.payload()).build())
                .withMessageContaining("executor");
    }

    private GearmanWorker functions(JobFunction what) {
        return opened(
                bare().capacity(2).executor(threads()).function(function, what).build());
    }

    private ExecutorService threads() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        opened(threads::shutdownNow);
        return threads;
    }

    private GearmanWorker.Builder bare() {
        return GearmanWorker.builder().servers(List.of(server().address()));
    }

    private RawConnection submitted(String payload) throws IOException {
        RawConnection client = opened(new RawConnection(server().address()));
        submit(client, payload);
        return client;
    }

    private void submit(RawConnection client, String payload) throws IOException {
        client.send(RawConnection.bytes(
                Packet.request(PacketType.SUBMIT_JOB, bytes(payload), function, payload.equals("abc") ? "key" : "")));
        assertThat(client.read().type()).isEqualTo(PacketType.JOB_CREATED);
    }

    private static String next(RawConnection client) throws IOException {
        Packet packet = client.read();
        return packet.type() + " " + new String(packet.payload(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
