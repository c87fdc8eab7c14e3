package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void comes_at_each_time_that_matches() {
        assertThat(after("2026-11-25T22:17:00Z", "*/10 * * * *", ZoneOffset.UTC, 3))
                .containsExactly("2026-11-25T22:20:00Z", "2026-11-25T22:30:00Z", "2026-11-25T22:40:00Z");
        assertThat(after("2026-01-31T12:00:00Z", "0 9 31 * *", ZoneOffset.UTC, 2))
                .containsExactly("2026-03-31T09:00:00Z", "2026-05-31T09:00:00Z");
        assertThat(after("2026-02-05T00:00:00Z", "0 0 13 * 5", ZoneOffset.UTC, 2))
                .as("day of the month or weekday, as cron has it")
                .containsExactly("2026-02-06T00:00:00Z", "2026-02-13T00:00:00Z");
    }

    @Test
    void is_on_the_clocks_of_its_zone() {
        assertThat(after("2026-03-27T12:00:00Z", "0 6 * * *", BERLIN, 3))
                .containsExactly("2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z", "2026-03-30T04:00:00Z");
        assertThat(after("2026-03-27T12:00:00Z", "0 0 * * *", ZoneId.of("Asia/Kathmandu"), 1))
                .containsExactly("2026-03-27T18:15:00Z");
    }

    @Test
    void a_time_that_comes_twice_in_autumn_is_due_once() {
        assertThat(after("2026-10-24T12:00:00Z", "30 2 * * *", BERLIN, 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void what_is_due_often_goes_on_while_clocks_go_back() {
        assertThat(after("2026-10-25T00:30:00Z", "*/20 * * * *", BERLIN, 4))
                .containsExactly(
                        "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:20:00Z", "2026-10-25T01:40:00Z");
        assertThat(after("2026-10-24T23:30:00Z", "15 * * * *", BERLIN, 3))
                .containsExactly("2026-10-25T00:15:00Z", "2026-10-25T01:15:00Z", "2026-10-25T02:15:00Z");
    }

    @Test
    void a_time_that_clocks_leave_out_in_spring_is_made_up_for_when_they_go_forward() {
        assertThat(after("2026-03-28T12:00:00Z", "30 2 * * *", BERLIN, 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(after("2026-03-28T23:30:00Z", "15 0,2,5 * * *", BERLIN, 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T03:15:00Z");
        assertThat(after("2025-04-24T12:00:00Z", "0 0 * * *", ZoneId.of("Africa/Cairo"), 2))
                .as("clocks that leave midnight out")
                .containsExactly("2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z");
        assertThat(after("2026-10-02T20:00:00Z", "15 2 * * *", ZoneId.of("Australia/Lord_Howe"), 2))
                .as("clocks that go forward by half an hour")
                .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
    }

    @Test
    void a_time_left_out_is_found_behind_other_changes_of_the_clocks() {
        assertThat(after("2025-06-01T00:00:00Z", "30 2 29 3 *", BERLIN, 2))
                .containsExactly("2026-03-29T01:00:00Z", "2027-03-29T00:30:00Z");
    }

    @Test
    void what_is_due_often_is_not_made_up_for_in_spring() {
        assertThat(after("2026-03-29T00:30:00Z", "*/20 * * * *", BERLIN, 3))
                .containsExactly("2026-03-29T00:40:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z");
        assertThat(after("2026-03-29T00:30:00Z", "15 * * * *", BERLIN, 2))
                .containsExactly("2026-03-29T01:15:00Z", "2026-03-29T02:15:00Z");
        assertThat(after("2026-03-28T12:00:00Z", "0 2-4 * * *", BERLIN, 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "America/Santiago"})
    void a_year_of_daily_times_has_one_for_each_day(String zone) {
        for (String expression : List.of("0 0 * * *", "30 1 * * *", "30 2 * * *", "59 23 * * *")) {
            List<String> year = after("2026-01-01T12:00:00Z", expression, ZoneId.of(zone), 365);

            assertThat(year.stream().map(Instant::parse)).isSorted().doesNotHaveDuplicates();
            assertThat(Duration.between(Instant.parse(year.get(0)), Instant.parse(year.get(364)))
                            .toDays())
                    .as(expression)
                    .isBetween(363L, 364L);
        }
    }

    @Test
    void is_stored_as_text_and_read_again() {
        CronTiming timing = new CronTiming(" */10  * * * * ", BERLIN);

        assertThat(timing.text()).isEqualTo("cron */10 * * * * Europe/Berlin");
        assertThat(Timing.parse(timing.text())).isEqualTo(timing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "* * * *", "* * * * * *", "61 * * * *", "*/0 * * * *", "a b c d e", "@daily", "0 0 30 2 *"})
    void what_is_no_expression_is_refused_with_its_text(String expression) {
        assertThatThrownBy(() -> new CronTiming(expression, ZoneOffset.UTC))
                .isInstanceOf(ScheduleException.class)
                .hasMessageContaining("\"" + expression + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "cron, nor an interval",
        "cron *, time zone",
        "cron * * * * * Berlin, time zone",
        "now and then, nor an interval",
        "every day, interval"
    })
    void what_is_no_text_of_a_timing_is_refused(String text, String what) {
        assertThatThrownBy(() -> Timing.parse(text))
                .isInstanceOf(ScheduleException.class)
                .hasMessageContaining(what);
    }

    private static List<String> after(String begin, String expression, ZoneId zone, int count) {
        Timing timing = new CronTiming(expression, zone);
        List<String> times = new ArrayList<>();
        Instant time = Instant.parse(begin);
        for (int i = 0; i < count; i++) {
            time = timing.next(time, time);
            times.add(time.toString());
        }
        return times;
    }
}
