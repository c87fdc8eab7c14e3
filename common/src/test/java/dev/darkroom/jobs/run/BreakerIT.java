package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Call;
import dev.darkroom.jobs.breaker.Breakers;
import dev.darkroom.jobs.breaker.LaneId;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lane whose other side is away waits, is probed, and drains; others notice nothing. */
@Timeout(240)
class BreakerIT extends PlatformFixture {

    private static final LaneId DOWN = new LaneId("test.call", "down");

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger met = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final Queue<Long> through = new ConcurrentLinkedQueue<>();
    private volatile boolean away = true;

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @BeforeEach
    void work() {
        relay();
        worker("w", 4, new JobHandlers().add(TestJobs.CALL, (call, context) -> call(call)));
    }

    private Outcome call(Call call) throws InterruptedException {
        if (!call.host().equals("down")) {
            others.incrementAndGet();
            return Outcome.done();
        }
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        Pause.SLEEP.pause(Duration.ofMillis(1));
        now.decrementAndGet();
        if (away) {
            met.incrementAndGet();
            return Outcome.unreachable("connection refused", null);
        }
        through.add(System.nanoTime());
        return Outcome.done();
    }

    @Test
    void ten_thousand_jobs_wait_without_using_attempts_then_drain_at_a_rising_rate() throws Exception {
        enqueueCalls(ledger(DirectSubmission.NONE), "down", 10_000);
        awaitRow("SELECT state FROM jobs.breaker", "open");
        enqueueCalls(ledger(DirectSubmission.NONE), "up", 200);
        awaitRow("SELECT probes >= 2 FROM jobs.breaker", "t");

        met.set(0);
        most.set(0);
        Pause.SLEEP.pause(Duration.ofSeconds(3));

        assertThat(most).as("probes at a time").hasValueLessThanOrEqualTo(1);
        assertThat(met).as("probes in three seconds").hasValueBetween(1, 8);
        awaitRow("SELECT count(*) FROM jobs.job WHERE lane = 'up'", "0");
        assertThat(others).hasValue(200);
        assertThat(rows.count("failed_job")).isZero();
        // Those that were settled before the run was long enough have used one, as any failure.
        assertThat(rows.one("SELECT count(*) < 5 AND coalesce(max(attempt), 0) <= 1 FROM (SELECT attempt FROM jobs.job"
                        + " UNION ALL SELECT attempt FROM jobs.later_job) j WHERE attempt > 0"))
                .isEqualTo("t");

        away = false;
        awaitRow("SELECT state FROM jobs.breaker", "draining");
        Pause.SLEEP.pause(Duration.ofSeconds(3));
        drainsAtARisingRate();

        try (Connection connection = source.getConnection()) {
            Breakers.close(connection, DOWN, "test");
        }
        awaitRow("SELECT (SELECT count(*) FROM jobs.job) + (SELECT count(*) FROM jobs.later_job)", "0", 150);
        assertThat(through).hasSize(10_000);
    }

    /** The type's policy: from 20 a second, doubling every 0.3 s, to 400. */
    private void drainsAtARisingRate() {
        List<Long> at = List.copyOf(through);
        long first = at.get(0);
        int early = within(at, first, Duration.ofMillis(500));
        assertThat(early).as("jobs in the first half second").isBetween(1, 60);
        for (int start = 0; start < 2_000; start += 250) {
            int count = within(at, first + Duration.ofMillis(start).toNanos(), Duration.ofSeconds(1));
            assertThat(count).as("jobs in the second from %d ms on", start).isLessThan(560);
        }
        int late = within(at, first + Duration.ofSeconds(2).toNanos(), Duration.ofMillis(500));
        assertThat(late).as("jobs in a half second, later").isGreaterThan(early);
    }

    private static int within(List<Long> at, long from, Duration length) {
        return (int) at.stream()
                .filter(time -> time >= from && time < from + length.toNanos())
                .count();
    }

    @Test
    void a_drained_lane_closes_and_its_gate_opens() throws InterruptedException {
        enqueueCalls(ledger(DirectSubmission.NONE), "down", 30);
        awaitRow("SELECT state FROM jobs.breaker", "open");
        awaitRow("SELECT gate_open FROM jobs.type_state WHERE type = 'test.call'", "f");

        away = false;

        awaitEmptyLedger();
        awaitRow("SELECT count(*) FROM jobs.breaker", "0");
        awaitRow("SELECT gate_open FROM jobs.type_state WHERE type = 'test.call'", "t");
    }

    @Test
    void a_lane_opened_by_hand_waits_until_it_is_given_back() throws Exception {
        away = false;
        JobServers servers = servers();
        awaitRow("SELECT gate_open FROM jobs.type_state WHERE type = 'test.call'", "t");
        set(connection -> Breakers.open(connection, DOWN, "test"));
        awaitRow("SELECT gate_open FROM jobs.type_state WHERE type = 'test.call'", "f");

        enqueueCalls(ledger(servers.directSubmission()), "down", 20);
        enqueueCalls(ledger(servers.directSubmission()), "up", 20);
        awaitRow("SELECT count(*) FROM jobs.job WHERE lane = 'up'", "0");
        assertThat(through).isEmpty();

        set(connection -> Breakers.automatic(connection, DOWN));
        awaitEmptyLedger();
        assertThat(through).hasSize(20);
    }

    private interface Setting {
        void on(Connection connection) throws SQLException;
    }

    private void set(Setting setting) throws SQLException {
        try (Connection connection = source.getConnection()) {
            setting.on(connection);
        }
    }

    private static void enqueueCalls(Ledger ledger, String host, int count) {
        ledger.inTransaction(transaction -> {
            transaction.enqueue(IntStream.range(0, count)
                    .mapToObj(number -> NewJob.now(new Call(host, number)))
                    .toList());
            return null;
        });
    }
}
