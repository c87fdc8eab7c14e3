package dev.darkroom.ops.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.schedule.ScheduleStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListCommandTest {

    private static final Instant TIME = Instant.parse("2026-11-25T22:30:00.123456Z");

    @Test
    void shows_the_next_time_or_why_there_is_none() {
        assertThat(ListCommand.lines(List.of(
                        schedule("a.due", TIME, false, null, null),
                        schedule("b.late", TIME, true, null, null),
                        schedule("c.paused", null, false, "ana", null),
                        schedule("d.asked", null, false, "ana", "bob"))))
                .satisfiesExactly(
                        heading -> assertThat(heading).startsWith("schedule").contains("when", "next", "last"),
                        row -> assertThat(row).contains("a.due", "2026-11-25T22:30:00Z"),
                        row -> assertThat(row).contains("overdue: 2026-11-25T22:30:00Z"),
                        row -> assertThat(row).contains("paused by ana"),
                        row -> assertThat(row).contains("now, for bob"));
    }

    private static ScheduleStatus schedule(
            String name, @Nullable Instant next, boolean overdue, @Nullable String pausedBy, @Nullable String askedBy) {
        return new ScheduleStatus(name, "every PT1H", "once", next, overdue, TIME, 3, pausedBy, TIME, askedBy);
    }
}
