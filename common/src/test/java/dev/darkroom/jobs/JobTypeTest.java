package dev.darkroom.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.jobs.TestJobs.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobTypeTest {

    @Test
    void policies_that_make_no_sense_are_refused_with_the_type_and_the_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named("a.b").timeout(Duration.ZERO))
                .withMessage("The time-out of a.b is positive: PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> named("a.b").grace(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> named("a.b").expiresAfter(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> UniqueKey.forPeriod(Duration.ZERO, Step::owner));
        assertThatIllegalArgumentException().isThrownBy(() -> named("A b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewJob.now(TestJobs.step(1)).expiringAfter(Duration.ZERO));
    }

    @Test
    void without_a_word_a_type_has_the_documented_defaults() {
        JobType<Step> type = named("a.b").build();

        assertThat(type.retryPolicy()).isEqualTo(new RetryPolicy(8, Duration.ofSeconds(2), Duration.ofMinutes(5)));
        assertThat(type.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(type.grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(type.expiresAfter()).isNull();
        assertThat(type.uniqueKey()).isNull();
        assertThat(type.laneOf(TestJobs.step(1))).isEmpty();
        assertThat(type.priorityOf(TestJobs.step(1))).isEqualTo(Priority.NORMAL);
    }

    private static JobType.Builder<Step> named(String name) {
        return JobType.named(name, Step.class);
    }
}
