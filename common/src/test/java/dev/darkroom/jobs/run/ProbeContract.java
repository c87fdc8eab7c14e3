package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.dispatch.Relay;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.probe.AskProbes;
import dev.darkroom.jobs.probe.ProbeStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes, over a real job server and a real database. */
@Timeout(90)
abstract class ProbeContract extends PlatformFixture {

    private static final String ANSWERED = "SELECT answered_at IS NOT NULL FROM jobs.probe WHERE type = 'test.step'";

    @Test
    void a_probe_goes_to_a_worker_and_back_and_no_handler_hears_of_it() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        worker("w", 1, counting()).listen(new JobListener() {
            @Override
            public void started(JobType<?> type, JobContext context) {
                heard.incrementAndGet();
            }
        });
        relayWithProbes(Duration.ofMillis(200));

        awaitRow(ANSWERED, "t");
        assertThat(status().waitSeconds()).isBetween(0.0, 40.0);
        assertThat(status().secondsAgo()).isBetween(0.0, 40.0);
        assertThat(status().unansweredSeconds()).isNull();
        String first = rows.one("SELECT asked_at FROM jobs.probe");
        awaitRow("SELECT asked_at > '" + first + "' AND job_id IS NULL FROM jobs.probe", "t");

        // A job behind the probes: what they did is recorded when its own end is.
        enqueue(ledger(DirectSubmission.NONE), "", 1, 2);
        awaitRow("SELECT sum(done + retried + snoozed + discarded + failed) FROM jobs.worker_count", "1");
        assertThat(runs.keySet()).containsExactly(1);
        assertThat(heard).hasValue(1);
        assertThat(rows.count("failed_job")).isZero();
    }

    @Test
    void without_workers_it_has_no_answer_and_stays_the_only_one_until_somebody_works() throws Exception {
        relayWithProbes(Duration.ofMillis(1));
        awaitRow("SELECT count(*) FROM jobs.probe", "1");
        rows.run("UPDATE jobs.probe SET asked_at = asked_at - interval '40 seconds'");
        awaitHeldByServer(1);
        // The duty goes on once a second, and finds the next due each time.
        awaitRow("SELECT clock_timestamp() - asked_at > interval '42 seconds' FROM jobs.probe", "t");

        assertThat(status().waitSeconds()).isNull();
        assertThat(status().unansweredSeconds()).isBetween(42.0, 100.0);
        assertThat(rows.count("job")).isOne();
        assertThat(heldByServer()).isOne();
        assertThat(rows.one("SELECT worst_lane_wait FROM jobs.type_state WHERE type = 'test.step'"))
                .isEqualTo("0");

        worker("late", 1, counting());
        awaitRow("SELECT coalesce(wait > interval '42 seconds', false) FROM jobs.probe", "t");
        assertThat(runs).isEmpty();
    }

    @Test
    void a_job_server_that_dies_with_a_probe_in_it_leads_to_no_second() throws Exception {
        relayWithProbes(Duration.ofMillis(1));
        awaitHeldByServer(1);

        server().kill();
        server().start();

        awaitHeldByServer(1);
        assertThat(rows.count("job")).isOne();
        worker("w", 1, counting());
        awaitRow(ANSWERED, "t");
    }

    @Test
    void a_relay_that_dies_leaves_no_second_probe() throws Exception {
        Relay first = relayWithProbes(Duration.ofMillis(1));
        awaitHeldByServer(1);
        first.close();
        String asked = rows.one("SELECT job_id FROM jobs.probe");

        relayWithProbes(Duration.ofMillis(1));
        awaitRow("SELECT count(*) FROM jobs.relay WHERE expires_at > clock_timestamp()", "1");
        rows.run("UPDATE jobs.probe SET asked_at = asked_at - interval '40 seconds'");
        awaitRow("SELECT clock_timestamp() - asked_at > interval '42 seconds' FROM jobs.probe", "t");

        assertThat(rows.all("SELECT id FROM jobs.job")).containsExactly(asked);
        assertThat(heldByServer()).isOne();
    }

    @Test
    void a_probe_takes_nothing_of_a_limit() throws Exception {
        rows.run("INSERT INTO jobs.type_state (type, limits_by_hand, concurrency) VALUES ('test.step', true, 1)");
        relayWithProbes(Duration.ofSeconds(10));
        awaitHeldByServer(1);

        enqueue(ledger(DirectSubmission.NONE), "", 0, 3);

        awaitHeldByServer(2);
        worker("w", 1, counting());
        awaitEmptyLedger();
        assertThat(runs).hasSize(3);
    }

    @Test
    void a_probe_waits_for_a_limit_like_others_and_is_not_told_as_the_worst_lane() throws Exception {
        rows.run("INSERT INTO jobs.type_state (type, limits_by_hand, concurrency) VALUES ('test.step', true, 1)");
        enqueue(ledger(DirectSubmission.NONE), "", 0, 1);
        JobServers servers = servers();
        servers.relay(1, source);
        awaitHeldByServer(1);
        try (Connection connection = source.getConnection()) {
            new AskProbes(List.of("test.step")).run(connection);
        }
        rows.run("UPDATE jobs.job SET run_at = run_at - interval '1 hour'");
        awaitRow(
                "SELECT count(*) FROM jobs.type_state s JOIN jobs.probe p USING (type)"
                        + " WHERE published_at > asked_at + interval '2 seconds'",
                "1");

        assertThat(heldByServer()).isOne();
        assertThat(rows.one("SELECT worst_lane_wait FROM jobs.type_state")).isEqualTo("0");
        worker("w", 1, counting());
        awaitRow(ANSWERED, "t");
    }

    @Test
    void a_probe_that_its_worker_gives_back_is_answered_by_another() throws Exception {
        relayWithProbes(Duration.ofSeconds(10));
        awaitHeldByServer(1);
        rows.run("UPDATE jobs.job SET turn = turn + 1, leased_until = NULL");

        worker("w", 1, counting());

        awaitRow(ANSWERED, "t");
        assertThat(rows.count("job")).isZero();
    }

    private Relay relayWithProbes(Duration every) {
        return servers().relay(1, source, List.of(new AskProbes(List.of("test.step"), every)));
    }

    private void awaitHeldByServer(long jobs) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (heldByServer() != jobs) {
            assertThat(System.nanoTime()).as("jobs held by the server").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }

    private ProbeStatus status() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return ProbeStatus.read(connection).get("test.step");
        }
    }
}
