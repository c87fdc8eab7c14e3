package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sets, and that the code leaves it as it is. */
class ScheduleStoreIT extends ScheduleFixture {

    private TickSchedules ticker;

    @BeforeEach
    void synchronise() throws SQLException {
        ticker = ticker(HOURLY);
        tick(ticker);
    }

    @Test
    void a_paused_schedule_lets_its_times_pass() throws SQLException {
        assertThat(store.pause(NAME, "ana")).isTrue();
        assertThat(store.pause(NAME, "bob")).as("already").isFalse();
        makeDue(NAME, Duration.ofHours(3));

        tick(ticker);

        assertThat(enqueued()).isEmpty();
        assertThat(store.list()).singleElement().satisfies(status -> {
            assertThat(status.pausedBy()).isEqualTo("ana");
            assertThat(status.nextAt()).isNull();
            assertThat(status.isOverdue()).isFalse();
        });
    }

    @Test
    void a_resumed_schedule_makes_up_for_nothing() throws SQLException {
        store.pause(NAME, "ana");
        makeDue(NAME, Duration.ofHours(3));

        assertThat(store.resume(NAME)).isTrue();
        assertThat(store.resume(NAME)).as("already").isFalse();
        tick(ticker);

        assertThat(enqueued()).isEmpty();
        assertThat(store.list().get(0).nextAt()).isNotNull();
        assertThat(rows.one("SELECT next_at > clock_timestamp() + interval '59 min' FROM jobs.schedule"))
                .isEqualTo("t");
    }

    @Test
    void run_now_enqueues_one_job_and_leaves_the_times_as_they_are() throws SQLException {
        String next = rows.one("SELECT next_at FROM jobs.schedule");
        store.pause(NAME, "ana");

        assertThat(store.runNow(NAME, "ana")).isTrue();
        assertThat(store.runNow(NAME, "ana")).as("asked already").isFalse();
        tick(ticker);
        tick(ticker);

        assertThat(enqueued()).hasSize(1);
        assertThat(rows.one("SELECT next_at FROM jobs.schedule")).isEqualTo(next);
        assertThat(store.list().get(0).askedBy()).isNull();
        assertThat(store.runNow(NAME, "ana")).as("once more").isTrue();
    }

    @Test
    void run_now_of_a_due_schedule_is_one_job_more() throws SQLException {
        makeDue(NAME, Duration.ofSeconds(1));
        store.runNow(NAME, "ana");

        tick(ticker);

        assertThat(enqueued()).hasSize(2);
    }

    @Test
    void what_does_not_exist_cannot_be_set() {
        assertThatThrownBy(() -> store.pause("test.none", "ana")).isInstanceOf(ScheduleException.class);
        assertThatThrownBy(() -> store.resume("test.none")).isInstanceOf(ScheduleException.class);
        assertThatThrownBy(() -> store.runNow("test.none", "ana"))
                .isInstanceOf(ScheduleException.class)
                .hasMessageContaining("test.none");
    }

    @Test
    void a_pause_outlives_restarts_and_new_timings() throws SQLException {
        store.pause(NAME, "ana");

        tick(ticker(Schedule.named(NAME).cron("*/5 * * * *").enqueue(new Report(""))));

        assertThat(store.list()).singleElement().satisfies(status -> {
            assertThat(status.pausedBy()).isEqualTo("ana");
            assertThat(status.timing()).isEqualTo("cron */5 * * * * Z");
        });
    }

    @Test
    void a_new_timing_begins_anew_and_an_unchanged_one_goes_on() throws SQLException {
        makeDue(NAME, Duration.ofSeconds(-90));
        String next = rows.one("SELECT next_at FROM jobs.schedule");

        tick(ticker(HOURLY));
        assertThat(rows.one("SELECT next_at FROM jobs.schedule")).isEqualTo(next);

        tick(ticker(Schedule.named(NAME).every(Duration.ofHours(5)).enqueue(new Report(""))));
        assertThat(rows.one("SELECT next_at > clock_timestamp() + interval '4 h' FROM jobs.schedule"))
                .isEqualTo("t");
    }

    @Test
    void a_schedule_goes_only_when_it_is_retired() throws SQLException {
        tick(ticker());
        assertThat(store.list()).as("an older program does not know it").hasSize(1);
        makeDue(NAME, Duration.ofMinutes(2));
        assertThat(store.list().get(0).isOverdue()).isTrue();

        tick(new TickSchedules(
                new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE),
                Schedules.of().retired(NAME)));
        assertThat(store.list()).isEmpty();
    }

    @Test
    void names_are_unique_and_either_there_or_retired() {
        assertThatThrownBy(() -> Schedules.of(HOURLY, HOURLY)).isInstanceOf(ScheduleException.class);
        assertThatThrownBy(() -> Schedules.of(HOURLY).retired(NAME)).isInstanceOf(ScheduleException.class);
        assertThatThrownBy(() -> Schedule.named("No Name")).isInstanceOf(ScheduleException.class);
        assertThatThrownBy(() -> Schedule.named("test.never").enqueue(new Report("")))
                .isInstanceOf(ScheduleException.class)
                .hasMessageContaining("test.never");
    }
}
