package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.dispatch.RelayLimits;
import dev.darkroom.jobs.dispatch.RelayWork;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.limit.LimitSettings;
import dev.darkroom.redis.RedisPermits;
import dev.darkroom.testing.PostgresExtension;
import dev.darkroom.testing.RedisExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits hold over all workers and all databases. */
@Timeout(120)
class LimitsIT extends PlatformFixture {

    private static final JobType<Step> TWO_AT_A_TIME = JobType.named("test.step", Step.class)
            .lane(Step::owner)
            .concurrency(2)
            .build();

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    @RegisterExtension
    static final PostgresExtension OTHER =
            new PostgresExtension().withSchema("ledger_2", source -> LedgerSchema.migrate(source, 2));

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Map<String, AtomicInteger> nowByLane = new ConcurrentHashMap<>();
    private final AtomicInteger mostOfALane = new AtomicInteger();
    private final Queue<Long> at = new ConcurrentLinkedQueue<>();
    private DataSource otherSource;
    private Ledger other;

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @BeforeEach
    void second() {
        otherSource = OTHER.dataSource();
        new LedgerRows(otherSource).clear();
        other = new Ledger(2, otherSource, TestJobs.TYPES, DirectSubmission.NONE);
    }

    @Test
    void no_more_run_at_a_time_than_allowed_over_two_workers_and_two_databases() throws Exception {
        set(JobLimits.NONE.withConcurrency(3));
        relays(redis("127.0.0.1:" + REDIS.port()));
        twoWorkers();

        enqueue(ledger(DirectSubmission.NONE), "a", 0, 40);
        enqueue(other, "b", 0, 40);

        awaitRuns(80);
        assertThat(most).hasValueBetween(1, 3);
    }

    @Test
    void no_more_of_a_lane_run_at_a_time_than_allowed() throws Exception {
        set(JobLimits.NONE.withLaneConcurrency(1));
        relays(redis("127.0.0.1:" + REDIS.port()));
        twoWorkers();

        enqueue(ledger(DirectSubmission.NONE), "a", 0, 15);
        enqueue(ledger(DirectSubmission.NONE), "b", 0, 15);
        enqueue(other, "a", 15, 30);

        awaitRuns(45);
        assertThat(mostOfALane).hasValue(1);
        assertThat(most).as("lanes do not wait for each other").hasValueGreaterThan(1);
    }

    @Test
    void no_more_go_out_in_a_period_than_allowed_over_two_databases() throws Exception {
        set(JobLimits.NONE.withRate(new Rate(40, Duration.ofSeconds(1))));
        relays(redis("127.0.0.1:" + REDIS.port()));
        twoWorkers();

        enqueue(ledger(DirectSubmission.NONE), "a", 0, 60);
        enqueue(other, "b", 0, 60);

        awaitRuns(120);
        List<Long> times = at.stream().sorted().toList();
        long took = times.get(119) - times.get(0);
        // 120 at 40 a second, the first 4 together.
        assertThat(took).isGreaterThan(Duration.ofMillis(2_700).toNanos());
    }

    @Test
    void limits_of_the_types_code_hold_and_what_a_person_sets_goes_before() throws Exception {
        RelayLimits limits = RelayLimits.alone(JobTypes.of(TWO_AT_A_TIME));
        servers().relay(1, source, new RelayWork(List.of(), limits));
        twoWorkers();
        enqueue(ledger(DirectSubmission.NONE), "a", 0, 30);
        awaitRuns(30);
        assertThat(most).hasValueBetween(1, 2);
        awaitRow(
                "SELECT limits || ' ' || gate_open FROM jobs.type_state WHERE type = 'test.step'",
                "concurrency 2 false");

        set(JobLimits.NONE.withConcurrency(1));
        awaitRow("SELECT limits FROM jobs.type_state WHERE type = 'test.step'", "concurrency 1");
        most.set(0);
        enqueue(ledger(DirectSubmission.NONE), "a", 30, 40);
        awaitRuns(40);
        assertThat(most).hasValue(1);
    }

    @Test
    void a_worker_that_dies_frees_its_permit() throws Exception {
        set(JobLimits.NONE.withConcurrency(1));
        CountDownLatch grabbed = new CountDownLatch(1);
        GearmanWorker dies = GearmanWorker.builder()
                .servers(List.of(server().address()))
                .function("test.step")
                .capacity(1)
                .receiver(job -> grabbed.countDown())
                .build();
        relays(null);
        enqueue(ledger(DirectSubmission.NONE), "a", 0, 5);
        assertThat(grabbed.await(40, TimeUnit.SECONDS)).isTrue();

        dies.close();
        twoWorkers();

        awaitRuns(5);
        assertThat(most).hasValue(1);
    }

    @Test
    void each_relay_lets_out_its_own_share_while_redis_is_away() throws Exception {
        set(JobLimits.NONE.withConcurrency(4));
        relays(redis("127.0.0.1:1"));
        twoWorkers();

        enqueue(ledger(DirectSubmission.NONE), "a", 0, 30);
        enqueue(other, "b", 0, 30);

        awaitRow("SELECT limited_by_own_share FROM jobs.type_state WHERE type = 'test.step'", "t");
        awaitRuns(60);
        assertThat(most).hasValueBetween(1, 4);
    }

    private RedisPermits redis(String address) {
        RedisPermits permits = RedisPermits.open(address, 2);
        open.add(permits);
        return permits;
    }

    private void set(JobLimits limits) throws SQLException {
        for (DataSource database : List.of(source, otherSource)) {
            try (Connection connection = database.getConnection()) {
                LimitSettings.set(connection, "test.step", limits, "test");
            }
        }
    }

    private void relays(@Nullable RedisPermits shared) {
        servers().relay(1, source, work(new RelayLimits(JobTypes.of(), shared, 0, shared == null ? 1 : 2)));
        if (shared != null) {
            servers().relay(2, otherSource, work(new RelayLimits(JobTypes.of(), shared, 1, 2)));
        }
    }

    private static RelayWork work(RelayLimits limits) {
        return new RelayWork(List.of(), limits);
    }

    private void twoWorkers() {
        JobHandlers handlers = new JobHandlers().add(TestJobs.STEP, (step, context) -> run(step));
        worker("one", 4, handlers, other);
        worker("two", 4, handlers, other);
    }

    private Outcome run(Step step) throws InterruptedException {
        at.add(System.nanoTime());
        AtomicInteger ofLane = nowByLane.computeIfAbsent(step.owner(), lane -> new AtomicInteger());
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        mostOfALane.accumulateAndGet(ofLane.incrementAndGet(), Math::max);
        Pause.SLEEP.pause(Duration.ofMillis(20));
        ofLane.decrementAndGet();
        now.decrementAndGet();
        return Outcome.done();
    }

    private void awaitRuns(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (at.size() < count) {
            assertThat(System.nanoTime())
                    .as(at.size() + " of " + count + " have run")
                    .isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
        awaitEmptyLedger();
    }
}
