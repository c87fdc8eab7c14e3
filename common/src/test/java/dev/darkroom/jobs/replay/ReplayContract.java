package dev.darkroom.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.Failures;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replays on the whole platform: relays, a job server, workers. */
@Timeout(120)
abstract class ReplayContract extends ReplayFixture {

    private static final ReplayPace PACE = new ReplayPace(ReplayPace.UNLIMITED, 1, 20_000);

    @Test
    void a_canary_goes_first_and_when_it_is_well_all_follow() throws InterruptedException {
        LEDGERS.failures(1).add(600, 3, 10);
        LEDGERS.failures(2).add(300, 3, 10);
        Set<Integer> run = ConcurrentHashMap.newKeySet();
        worker(4, (step, context) -> {
            run.add(step.number());
            return step.number() == 7 ? Outcome.discard("not wanted") : Outcome.done();
        });
        relays();

        long id = LEDGERS.replays().start(FailureFilter.ALL, PACE, "ana");

        awaitState(id, ReplayState.FINISHED);
        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(900, 900, 0, 898, 0, 2, 0));
        LEDGERS.assertAddsUp(id, 900);
        assertThat(run).hasSize(600);
        assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.replay_job WHERE canary"))
                .isEqualTo(30);
        assertThat(LEDGERS.reports().acts(id))
                .extracting(ReplayAct::action)
                .containsExactly("start", "canary passed", "ended");
        assertThat(LEDGERS.reports().find(id).orElseThrow().endedAt()).isNotNull();
    }

    @Test
    void a_canary_that_fails_again_stops_the_replay_and_says_which_cause_persists() throws InterruptedException {
        LEDGERS.failures(1).add(600, 3, 10);
        AtomicBoolean mended = new AtomicBoolean();
        worker(
                4,
                (step, context) ->
                        step.number() % 3 == 1 && !mended.get() ? Outcome.retry("still no answer") : Outcome.done());
        relays();

        long id = LEDGERS.replays().start(FailureFilter.ALL, PACE, "ana");
        awaitState(id, ReplayState.STOPPED);

        assertThat(LEDGERS.reports().find(id).orElseThrow().reason())
                .isEqualTo(
                        "database 1: test.step of cause " + Failures.cause(1) + ": 5 of 5 first attempts failed again");
        TwoLedgers.await("the end of the canary", () -> LEDGERS.progress(id).waiting() == 0);
        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(600, 15, 0, 10, 5, 0, 0));
        assertThat(LEDGERS.reports().failedAgain(id)).hasSize(1).containsValue(5L);
        assertThat(LEDGERS.reports().jobs(id, "failed", 0, 10)).hasSize(5).allSatisfy(job -> {
            assertThat(job.cause()).isEqualTo(Failures.cause(1));
            assertThat(job.attempts()).isEqualTo(3);
            assertThat(job.canary()).isTrue();
        });

        mended.set(true);
        LEDGERS.replays().resume(id, "ben");
        awaitState(id, ReplayState.FINISHED);
        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(600, 600, 0, 595, 5, 0, 0));
        LEDGERS.assertAddsUp(id, 600);
        assertThat(LEDGERS.rows(1).count("failed_job")).isEqualTo(5);
    }

    @Test
    void each_cause_is_judged_by_enough_jobs_however_slow_the_replay() throws InterruptedException {
        LEDGERS.failures(1).add(400, 2, 10);
        worker(4, (step, context) -> step.number() % 2 == 1 ? Outcome.retry("still no answer") : Outcome.done());
        relays();

        long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(4, 1, 20_000), "ana");
        awaitState(id, ReplayState.STOPPED);

        assertThat(LEDGERS.reports().find(id).orElseThrow().reason()).contains("5 of 5 first attempts failed again");
        assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.replay_job WHERE canary"))
                .isEqualTo(10);
    }

    @Test
    void a_canary_that_takes_much_longer_than_usual_stops_the_replay() throws InterruptedException {
        LEDGERS.failures(1).add(50, 1, 10);
        LEDGERS.rows(1).run("INSERT INTO jobs.type_total (type, done, run_micros) VALUES ('test.step', 1000, 5000000)");
        worker(4, (step, context) -> {
            Pause.SLEEP.pause(Duration.ofMillis(250));
            return Outcome.done();
        });
        relays();

        long id = LEDGERS.replays().start(FailureFilter.ALL, PACE, "ana");
        awaitState(id, ReplayState.STOPPED);

        assertThat(LEDGERS.reports().find(id).orElseThrow().reason())
                .matches("database 1: test.step takes \\d+ ms \\(median of 5 first attempts\\), usually 5 ms");
        assertThat(LEDGERS.rows(1).count("failed_job")).isEqualTo(45);
    }

    @Test
    void a_cancelled_replay_leaves_the_rest_failed_and_ends_when_what_was_moved_has() throws InterruptedException {
        LEDGERS.failures(1).add(1_000, 1, 10);
        worker(4, (step, context) -> Outcome.done());
        relays();

        long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(100, 0, 20_000), "ana");
        TwoLedgers.await("the first", () -> LEDGERS.progress(id).done() > 0);
        LEDGERS.replays().cancel(id, "ben");
        long moved = LEDGERS.progress(id).moved();
        TwoLedgers.await(
                "its end", () -> LEDGERS.reports().find(id).orElseThrow().endedAt() != null);

        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(1_000, moved, 0, moved, 0, 0, 0));
        assertThat(LEDGERS.rows(1).count("failed_job")).isEqualTo(1_000 - moved);
        LEDGERS.assertAddsUp(id, 1_000);
    }
}
