package dev.darkroom.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.run.JobHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobKitTest {

    private final List<Step> ran = new ArrayList<>();
    private final JobKit kit = new JobKit(TestJobs.TYPES, new JobHandlers().add(TestJobs.STEP, (step, context) -> {
                ran.add(step);
                return switch (step.number()) {
                    case 1 -> Outcome.done().then(new Report("one"));
                    case 2 -> Outcome.retry("not yet");
                    case 3 -> Outcome.snooze(Duration.ofHours(1));
                    case 4 ->
                        Outcome.done().writing(transaction -> {
                            throw new SQLException("refused");
                        });
                    default -> Outcome.discard("unwanted");
                };
            }));

    private static Step step(int number) {
        return TestJobs.step(number);
    }

    @Test
    void assertions_say_what_became_of_the_jobs() {
        kit.enqueue(step(1));
        kit.enqueue(step(3));
        kit.enqueue(step(9));
        assertThatThrownBy(kit::drain)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no handler for test.report");

        kit.jobs()
                .done(step(1))
                .snoozed(step(3))
                .discarded(step(9), "unwanted")
                .waiting(new Report("one"), step(3))
                .dueIn(Duration.ofHours(1), step(3))
                .nothingFailed();
    }

    @Test
    void an_assertion_that_does_not_hold_tells_what_is_instead() {
        kit.enqueue(step(2));
        kit.drain();

        assertThatThrownBy(() -> kit.jobs().nothingWaits())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RETRIED")
                .hasMessageContaining("Step[owner=, number=2]")
                .hasMessageContaining("not yet");
        assertThatThrownBy(() -> kit.jobs().waiting(step(2), step(2))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> kit.jobs().done(step(2))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> kit.jobs().failed(step(2), "")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> kit.jobs().discarded(step(2), "")).isInstanceOf(AssertionError.class);
    }

    @Test
    void draining_on_goes_to_the_next_time_until_attempts_are_used_up() {
        kit.enqueue(step(2));
        assertThat(kit.drain()).isOne();
        assertThat(kit.drain()).isZero();

        assertThat(kit.drainNext() + kit.drainNext()).isEqualTo(2);

        kit.jobs().failed(step(2), "not yet").nothingWaits();
        assertThat(ran).hasSize(3);
    }

    @Test
    void writes_that_are_refused_fail_the_run() {
        kit.enqueue(step(4));
        kit.drain();

        kit.jobs().retried(step(4), "refused").waiting(step(4));
    }

    @Test
    void urgent_jobs_are_done_first() {
        kit.enqueue(step(9));
        kit.enqueue(new Step("vip", 9));
        kit.enqueue(NewJob.after(Duration.ofSeconds(1), step(8)));
        kit.drain();

        assertThat(ran).containsExactly(new Step("vip", 9), step(9));
    }

    @Test
    void a_golden_file_that_is_missing_or_other_is_told() {
        assertThatThrownBy(() -> GoldenJob.assertOnRecord(TestJobs.REPORT, new Report("x")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("src/test/resources/jobs/test.report.json")
                .hasMessageContaining("\"text\" : \"x\"");
        assertThatThrownBy(() -> GoldenJob.assertOnRecord(TestJobs.STEP, step(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stored for ever");
        GoldenJob.assertOnRecord(TestJobs.STEP, step(1));
    }
}
