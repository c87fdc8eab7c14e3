package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.MetricRegistry;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.gearman.RestartableServer;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.watch.LastMinute;
import dev.darkroom.jobs.watch.LedgerGauges;
import dev.darkroom.jobs.watch.lanes.LaneMinute;
import dev.darkroom.jobs.watch.lanes.TypeLanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is measured of jobs, in each process and of all of them together. */
@Timeout(90)
class WatchIT extends PlatformFixture {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @Override
    RestartableServer server() {
        return SERVER;
    }

    @Test
    void a_wait_is_from_due_to_begin_and_a_run_time_the_handlers() throws Exception {
        worker("w", 1, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    Pause.SLEEP.pause(Duration.ofMillis(300));
                    return Outcome.done();
                }));
        relay();
        rows.run("INSERT INTO jobs.job (type, args, run_at) VALUES ('test.step', '{\"owner\":\"\",\"number\":1}',"
                + " clock_timestamp() - interval '1 hour')");

        LastMinute step = awaitMeasured(1);
        assertThat(step.waits().secondsAt(0.5)).isBetween(3_563.0, 3_690.0);
        assertThat(step.runs().secondsAt(0.5)).isBetween(0.29, 10.0);
        assertThat(step.donePerSecond()).isCloseTo(1 / 60.0, within(0.001));
    }

    @Test
    void many_jobs_tell_the_waits_of_some_and_the_run_times_of_all() throws Exception {
        worker("one", 4, counting());
        worker("two", 4, counting());
        relay();
        enqueue(ledger(DirectSubmission.NONE), "", 0, 3_000);

        LastMinute step = awaitMeasured(3_000);
        assertThat(step.waits().count()).isBetween(1L, 3_000L);
        assertThat(step.waits().secondsAt(0.99)).isPositive();
        assertThat(step.donePerSecond()).isCloseTo(50, within(0.1));
    }

    @Test
    void outcomes_and_what_the_relay_holds_are_metrics_of_their_process() throws Exception {
        JobWorker worker = worker("w", 1, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    if (step.number() == 1) {
                        throw new IllegalStateException("does not work");
                    }
                    return step.number() == 2 ? Outcome.discard("not wanted") : Outcome.done();
                }));
        enqueue(ledger(DirectSubmission.NONE), "", 1, 5);
        rows.run("UPDATE jobs.job SET run_at = run_at - interval '1 hour', lane = 'slow' WHERE id ="
                + " (SELECT max(id) FROM jobs.job)");
        JobServers servers = servers();
        MetricRegistry relay = servers.metrics();
        servers.relay(1, source);
        // Heartbeats come after what they tell of was counted.
        awaitRow("SELECT done || ' ' || discarded || ' ' || failed FROM jobs.worker_count", "2 1 1");
        String step = "jobs.test.step.database-1.";
        while (!relay.getGauges().containsKey(step + "worst-lane")) {
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }

        MetricRegistry metrics = worker.metrics();
        assertThat(metrics.meter(step + "done").getCount()).isEqualTo(2);
        assertThat(metrics.counter(step + "retried").getCount()).isEqualTo(2);
        assertThat(metrics.counter(step + "failed").getCount()).isOne();
        assertThat(metrics.counter(step + "discarded").getCount()).isOne();
        assertThat(metrics.histogram(step + "run").getCount()).isEqualTo(6);
        assertThat(metrics.histogram(step + "wait").getSnapshot().getMax()).isGreaterThan(3_600_000_000L);
        assertThat(relay.getGauges().get(step + "threads").getValue()).isEqualTo(1);
        assertThat(relay.getGauges()).containsKeys(step + "in-flight", step + "worst-lane-wait", step + "drain-rate");
    }

    @Test
    void each_lane_has_its_own_figures_in_its_process_and_of_all_together() throws Exception {
        JobWorker worker = worker("w", 1, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                    if (step.owner().equals("broken")) {
                        throw new IllegalStateException("does not work");
                    }
                    return step.number() == 9 ? Outcome.discard("not wanted") : Outcome.done();
                }));
        Ledger ledger = ledger(DirectSubmission.NONE);
        enqueue(ledger, "broken", 0, 2);
        enqueue(ledger, "fine", 7, 10);
        enqueue(ledger, "", 20, 30);
        rows.run("UPDATE jobs.job SET run_at = run_at - interval '1 hour' WHERE lane = 'fine'");
        relay();

        assertThat(awaitLane("broken", 6).minute().counts()).satisfies(counts -> {
            assertThat(counts.retried()).isEqualTo(4);
            assertThat(counts.failed()).isEqualTo(2);
        });
        LaneMinute fine = awaitLane("fine", 3).minute();
        assertThat(fine.counts().done()).isEqualTo(2);
        assertThat(fine.counts().discarded()).isOne();
        assertThat(fine.waits().secondsAt(0.5)).isBetween(3_100.0, 4_200.0);
        assertThat(TypeLanes.read(List.of(source)).get("test.step").lanes()).containsOnlyKeys("broken", "fine");

        String lane = "jobs.test.step.database-1.lane.";
        assertThat(worker.metrics().getGauges().get(lane + "broken.failed").getValue())
                .isEqualTo(2L);
        assertThat(worker.metrics().getGauges().get(lane + "fine.failed").getValue())
                .isEqualTo(0L);
        MetricRegistry all = new MetricRegistry();
        new LedgerGauges(all, List.of(source)).run();
        assertThat(all.getGauges().get("jobs.test.step.lane.broken.retried").getValue())
                .isEqualTo(4L);
        assertThat((Double)
                        all.getGauges().get("jobs.test.step.lane.fine.wait-p99").getValue())
                .isGreaterThan(3_100);
    }

    @Test
    void what_a_process_did_goes_with_it() throws Exception {
        JobWorker worker = worker("w", 1, counting());
        relay();
        enqueue(ledger(DirectSubmission.NONE), "", 0, 5);
        awaitMeasured(5);

        worker.close();

        assertThat(lastMinute()).isEqualTo(LastMinute.NOTHING);
    }

    private LastMinute awaitMeasured(long runs) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (lastMinute().runs().count() < runs) {
            assertThat(System.nanoTime()).as("runs of the last minute").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
        return lastMinute();
    }

    private LastMinute lastMinute() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return LastMinute.read(connection).getOrDefault("test.step", LastMinute.NOTHING);
        }
    }
}
