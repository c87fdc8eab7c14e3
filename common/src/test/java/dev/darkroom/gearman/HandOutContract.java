package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How any job server hands jobs to our worker: never too many, never one lost, promptly. */
abstract class HandOutContract extends JobServerContract {

    private static final Duration NEVER = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void never_more_jobs_are_held_than_there_is_capacity(long seed) throws Exception {
        Random random = new Random(seed);
        int capacity = 1 + random.nextInt(30);
        int jobs = 500;
        GearmanClient client = client();
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BlockingQueue<AssignedJob> received = new LinkedBlockingQueue<>();
        GearmanWorker worker = worker(
                job -> {
                    most.accumulateAndGet(held.incrementAndGet(), Math::max);
                    received.add(job);
                },
                capacity);

        int submitted = 0;
        List<CompletableFuture<JobHandle>> submissions = new ArrayList<>();
        List<AssignedJob> open = new ArrayList<>();
        for (int done = 0; done < jobs; ) {
            for (int burst = random.nextInt(40); burst > 0 && submitted < jobs; burst--) {
                submissions.add(client.submitBackground(new Submission(function, "", new byte[0])));
                submitted++;
            }
            if (submitted > done && open.isEmpty()) {
                open.add(received.poll(10, TimeUnit.SECONDS));
            }
            received.drainTo(open);
            Collections.shuffle(open, random);
            int answers = Math.min(open.size(), random.nextInt(capacity + 1));
            List<AssignedJob> some = open.subList(0, answers);
            held.addAndGet(-answers);
            worker.complete(List.copyOf(some));
            done += answers;
            some.clear();
        }

        assertThat(submissions).allMatch(submission -> !submission.isCompletedExceptionally());
        assertThat(most.get()).isBetween(1, capacity);
    }

    @Test
    void the_capacity_is_filled_and_can_be_raised_live() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 3);
        for (int i = 0; i < 10; i++) {
            submit(client, "k" + i, "");
        }

        List<AssignedJob> first = received.next(3);
        assertThat(received.waiting()).isEmpty();
        worker.setCapacity(7);
        received.next(4);
        assertThat(worker.held()).isEqualTo(7);
        worker.complete(first);
        received.next(3);
        assertThat(worker.held()).isEqualTo(7);
    }

    @Test
    void a_sleeping_worker_is_woken_at_once() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(
                workerBuilder(received).capacity(50).regrabInterval(NEVER).build());

        long slowest = 0;
        for (int i = 0; i < 100; i++) {
            long start = System.nanoTime();
            submit(client, "", "");
            AssignedJob job = received.next();
            slowest = Math.max(slowest, System.nanoTime() - start);
            worker.complete(job);
        }
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void two_workers_share_a_stream_of_jobs_and_none_is_lost() throws Exception {
        GearmanClient client = client();
        int jobs = 3000;
        CountDownLatch done = new CountDownLatch(jobs);
        for (int w = 0; w < 2; w++) {
            AtomicReference<GearmanWorker> self = new AtomicReference<>();
            self.set(opened(workerBuilder(job -> {
                        self.get().complete(job);
                        done.countDown();
                    })
                    .capacity(0)
                    .regrabInterval(NEVER)
                    .build()));
            self.get().setCapacity(5);
        }
        for (int i = 0; i < jobs; i++) {
            client.submitBackgroundWaiting(new Submission(function, "k" + i, new byte[0]))
                    .get(10, TimeUnit.SECONDS);
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_delayed_job_is_found_by_asking_again() throws Exception {
        RawConnection raw = opened(new RawConnection(server().address()));
        ReceivedJobs received = new ReceivedJobs();
        opened(workerBuilder(received).regrabInterval(Duration.ofMillis(100)).build());
        long due = Instant.now().getEpochSecond() + 2;

        raw.send(PacketType.SUBMIT_JOB_EPOCH, function, "later", Long.toString(due));

        assertThat(raw.read().type()).isEqualTo(PacketType.JOB_CREATED);
        assertThat(received.next().uniqueKey()).isEqualTo("later");
        assertThat(Instant.now().getEpochSecond()).isGreaterThanOrEqualTo(due);
    }

    @Test
    void a_low_job_behind_a_delayed_one_is_taken_when_the_server_gives_it() throws Exception {
        RawConnection raw = opened(new RawConnection(server().address()));
        long due = Instant.now().getEpochSecond() + 2;
        raw.send(PacketType.SUBMIT_JOB_EPOCH, function, "later", Long.toString(due));
        assertThat(raw.read().type()).isEqualTo(PacketType.JOB_CREATED);
        submit(client(), "low", "", Priority.LOW);
        ReceivedJobs received = new ReceivedJobs();
        opened(workerBuilder(received)
                .capacity(2)
                .regrabInterval(Duration.ofMillis(100))
                .build());

        // gearmand gives the low one only once the delayed one is due, and wakes the sleeper until then.
        assertThat(received.next(2)).extracting(AssignedJob::uniqueKey).containsExactlyInAnyOrder("low", "later");
    }

    @Test
    void the_job_of_a_lost_connection_goes_to_another_worker() throws Exception {
        GearmanClient client = client();
        RawConnection first = opened(new RawConnection(server().address()));
        submit(client, "key", "payload");
        first.send(PacketType.CAN_DO, function);
        first.send(PacketType.GRAB_JOB_UNIQ);
        assertThat(first.read().type()).isEqualTo(PacketType.JOB_ASSIGN_UNIQ);

        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker second =
                opened(workerBuilder(received).regrabInterval(NEVER).build());
        assertThat(second.awaitConnected(Duration.ofSeconds(10))).isTrue();
        first.close();

        assertThat(text(received.next())).isEqualTo("payload");
    }

    @Test
    void a_job_whose_workers_vanish_three_times_is_dropped() throws Exception {
        GearmanClient client = client();
        submit(client, function, "");
        for (int i = 0; i < 3; i++) {
            GearmanWorker victim = workerThatVanishes();
            victim.close();
        }
        submit(client, "next", "");
        ReceivedJobs received = new ReceivedJobs();
        worker(received, 10);

        assertThat(received.next().uniqueKey()).isEqualTo("next");
        assertThat(client.statusOfUnique(function).get().known()).isFalse();
    }

    @Test
    void quiet_hands_over_what_is_on_its_way_and_nothing_later() throws Exception {
        GearmanClient client = client();
        for (int i = 0; i < 300; i++) {
            submit(client, "k" + i, "k" + i);
        }
        BlockingQueue<AssignedJob> received = new LinkedBlockingQueue<>();
        BlockingQueue<CompletableFuture<Void>> drained = new LinkedBlockingQueue<>();
        AtomicReference<GearmanWorker> self = new AtomicReference<>();
        self.set(opened(workerBuilder(job -> {
                    received.add(job);
                    if (received.size() == 10) {
                        drained.add(self.get().quiet());
                    }
                })
                .capacity(0)
                .build()));
        self.get().setCapacity(100);
        drained.take().get(10, TimeUnit.SECONDS);

        List<AssignedJob> late = List.copyOf(received);
        assertThat(late).hasSizeBetween(10, 299);
        self.get().complete(late);
        self.get().setCapacity(1000);
        ReceivedJobs rest = new ReceivedJobs();
        worker(rest, 1000);
        List<AssignedJob> others = rest.next(300 - late.size());

        assertThat(received).hasSameSizeAs(late);
        List<String> all =
                new ArrayList<>(late.stream().map(AssignedJob::uniqueKey).toList());
        all.addAll(others.stream().map(AssignedJob::uniqueKey).toList());
        assertThat(all).doesNotHaveDuplicates().hasSize(300);
    }

    @Test
    void closing_gives_held_jobs_to_others_and_keeps_answered_ones_answered() throws Exception {
        GearmanClient client = client();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 2);
        submit(client, function, "done");
        submit(client, "held", "held");
        List<AssignedJob> jobs = received.next(2);

        worker.complete(jobs.get(0));
        worker.close();
        submit(client, "new", "new");
        ReceivedJobs other = new ReceivedJobs();
        worker(other, 10);

        assertThat(other.next(2)).extracting(JobServerContract::text).containsExactlyInAnyOrder("held", "new");
        assertThat(client.statusOfUnique(function).get().known()).isFalse();
    }

    private GearmanWorker workerThatVanishes() throws InterruptedException {
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);
        assertThat(received.next().uniqueKey()).isEqualTo(function);
        return worker;
    }
}
