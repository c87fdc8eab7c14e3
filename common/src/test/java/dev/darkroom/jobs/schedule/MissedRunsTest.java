package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MissedRunsTest {

    private static final Instant FIRST = Instant.parse("2026-11-25T10:00:00Z");

    private final Timing hourly = new CronTiming("0 * * * *", ZoneOffset.UTC);

    @Test
    void an_interval_is_counted_from_its_first_time() {
        Timing timing = new IntervalTiming(Duration.ofMinutes(7));

        assertThat(timing.next(FIRST, FIRST)).isEqualTo("2026-11-25T10:07:00Z");
        assertThat(timing.next(FIRST, FIRST.plusSeconds(1))).isEqualTo("2026-11-25T10:07:00Z");
        assertThat(timing.next(FIRST, Instant.parse("2026-11-25T10:14:00Z"))).isEqualTo("2026-11-25T10:21:00Z");
        assertThat(timing.next(FIRST, FIRST.minusNanos(1))).isEqualTo(FIRST);
        assertThat(Timing.parse(timing.text())).isEqualTo(timing);
    }

    @Test
    void an_interval_has_bounds() {
        for (Duration wrong : new Duration[] {
            Duration.ZERO,
            Duration.ofMillis(999),
            Duration.ofSeconds(-5),
            Duration.ofDays(5_000),
            Duration.ofSeconds(2, 1)
        }) {
            assertThatThrownBy(() -> new IntervalTiming(wrong))
                    .isInstanceOf(ScheduleException.class)
                    .hasMessageContaining(wrong.toString());
        }
    }

    @Test
    void in_time_it_runs_whatever_the_policy() {
        for (MissedRuns policy : new MissedRuns[] {MissedRuns.SKIP, MissedRuns.ONCE, MissedRuns.all(5)}) {
            assertThat(policy.chosen(hourly, FIRST, FIRST.plusSeconds(2))).containsExactly(FIRST);
        }
    }

    @Test
    void skip_leaves_out_what_is_late() {
        assertThat(MissedRuns.SKIP.chosen(hourly, FIRST, FIRST.plusSeconds(61))).isEmpty();
        assertThat(MissedRuns.SKIP.chosen(
                        hourly, FIRST, FIRST.plus(Duration.ofHours(5)).plusSeconds(30)))
                .as("the latest is in time")
                .containsExactly(FIRST.plus(Duration.ofHours(5)));
    }

    @Test
    void once_runs_for_the_latest() {
        assertThat(MissedRuns.ONCE.chosen(hourly, FIRST, Instant.parse("2026-11-25T14:59:00Z")))
                .containsExactly(Instant.parse("2026-11-25T14:00:00Z"));
    }

    @Test
    void all_runs_for_the_latest_up_to_its_bound() {
        assertThat(MissedRuns.all(3).chosen(hourly, FIRST, Instant.parse("2026-11-25T14:59:00Z")))
                .containsExactly(
                        Instant.parse("2026-11-25T12:00:00Z"),
                        Instant.parse("2026-11-25T13:00:00Z"),
                        Instant.parse("2026-11-25T14:00:00Z"));
        assertThat(MissedRuns.all(100).chosen(hourly, FIRST, Instant.parse("2026-11-25T14:59:00Z")))
                .hasSize(5)
                .startsWith(FIRST);
    }

    @Test
    void ten_years_that_were_missed_are_not_gone_through() {
        Instant later = FIRST.plus(Duration.ofDays(3_650));

        assertThat(MissedRuns.all(1_000).chosen(new CronTiming("* * * * *", ZoneOffset.UTC), FIRST, later))
                .hasSize(1_000)
                .endsWith(later);
        assertThat(MissedRuns.all(1_000).chosen(new IntervalTiming(Duration.ofSeconds(1)), FIRST, later))
                .hasSize(1_000)
                .endsWith(later);
    }

    @Test
    void is_stored_as_text_and_read_again() {
        for (MissedRuns policy : new MissedRuns[] {MissedRuns.SKIP, MissedRuns.ONCE, MissedRuns.all(24)}) {
            assertThat(MissedRuns.parse(policy.text())).isEqualTo(policy);
        }
        assertThatThrownBy(() -> MissedRuns.parse("sometimes")).isInstanceOf(ScheduleException.class);
        assertThatThrownBy(() -> MissedRuns.all(1_001)).isInstanceOf(ScheduleException.class);
    }
}
