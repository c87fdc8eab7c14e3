package dev.darkroom.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.failures.FailureFilter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Canary, paused, its process killed, resumed, killed again, finished: the counts add up to the last job. */
abstract class ReplayThroughDeathContract extends ReplayFixture {

    @Test
    @Timeout(120)
    void of_six_thousand() throws Exception {
        replay(6_000, 1_500, Duration.ofSeconds(90));
    }

    @Test
    @Tag("full")
    @Timeout(900)
    void of_a_hundred_thousand() throws Exception {
        replay(100_000, 6_000, Duration.ofMinutes(5));
    }

    private void replay(int failures, double rate, Duration atMost) throws Exception {
        LEDGERS.failures(1).add(failures * 2 / 3, 10, 50);
        LEDGERS.failures(2).add(failures - failures * 2 / 3, 10, 50);
        // Every 97th fails again, each time; every 50th at first.
        worker(8, (step, context) -> {
            boolean fails = step.number() % 97 == 96 || (step.number() % 50 == 49 && context.attempt() == 0);
            return fails ? Outcome.retry("no answer") : Outcome.done();
        });
        Process process = RelayProcess.start(server().address(), LEDGERS);
        try {
            long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(rate, 1, 20_000), "ana");
            TwoLedgers.await("a third", atMost, () -> LEDGERS.progress(id).moved() > failures / 3);
            assertThat(LEDGERS.state(id)).as("its canary has passed").isEqualTo(ReplayState.RUNNING);

            LEDGERS.replays().pause(id, "ana");
            long atPause = LEDGERS.progress(id).moved();
            kill(process);
            assertThat(LEDGERS.progress(id).moved()).isEqualTo(atPause).isLessThan(failures);
            LEDGERS.assertMovedAddsUp(id, failures);

            process = RelayProcess.start(server().address(), LEDGERS);
            long resumed = System.nanoTime();
            LEDGERS.replays().resume(id, "ben");
            TwoLedgers.await("two thirds", atMost, () -> LEDGERS.progress(id).moved() > failures * 2 / 3);
            long moved = LEDGERS.progress(id).moved() - atPause;
            System.out.printf("%d failures moved in %.1f s%n", moved, (System.nanoTime() - resumed) / 1e9);
            kill(process);
            LEDGERS.assertMovedAddsUp(id, failures);

            relays();
            TwoLedgers.await("the end", atMost, () -> LEDGERS.state(id) == ReplayState.FINISHED);
            LEDGERS.assertAddsUp(id, failures);
            ReplayProgress progress = LEDGERS.progress(id);
            assertThat(progress.done() + progress.failed()).isEqualTo(failures);
            assertThat(progress.failed())
                    .isEqualTo(LEDGERS.sum("SELECT count(*) FROM jobs.failed_job"))
                    .isEqualTo(failures * 2 / 3 / 97 + (failures - failures * 2 / 3) / 97);
            assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.job")).isZero();
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
