package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One job for each time, whoever ticks how often and dies when. */
@Timeout(60)
class TickSchedulesIT extends ScheduleFixture {

    @Test
    void nothing_is_enqueued_before_its_time() throws SQLException {
        TickSchedules ticker = ticker(HOURLY);

        tick(ticker);
        tick(ticker);

        assertThat(enqueued()).isEmpty();
        assertThat(rows.one("SELECT next_at - clock_timestamp() BETWEEN interval '59 min' AND interval '1 h'"
                        + " FROM jobs.schedule"))
                .isEqualTo("t");
    }

    @Test
    void one_job_is_enqueued_for_a_time_and_the_schedule_moves_on() throws SQLException {
        TickSchedules ticker = ticker(HOURLY);
        tick(ticker);
        makeDue(NAME, Duration.ofSeconds(2));
        Instant due = nextAt();

        tick(ticker);
        tick(ticker);

        assertThat(enqueued()).containsExactly(due.toString());
        assertThat(nextAt()).isEqualTo(due.plus(Duration.ofHours(1)));
        assertThat(store.list()).singleElement().satisfies(status -> {
            assertThat(status.enqueued()).isEqualTo(1);
            assertThat(status.lastAt()).isNotNull();
            assertThat(status.isOverdue()).isFalse();
        });
    }

    @Test
    void of_two_that_think_they_lead_one_enqueues() throws Exception {
        CountDownLatch inTransaction = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TickSchedules slow =
                ticker(Schedule.named(NAME).every(Duration.ofHours(1)).enqueue(time -> {
                    inTransaction.countDown();
                    await(go);
                    return new Report(time.toString());
                }));
        TickSchedules quick = ticker(HOURLY);
        tick(quick);
        makeDue(NAME, Duration.ofSeconds(1));

        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> tickUnchecked(slow));
        await(inTransaction);
        tick(quick);
        assertThat(enqueued()).as("the other is about to").isEmpty();
        go.countDown();
        first.get(20, TimeUnit.SECONDS);
        tick(quick);

        assertThat(enqueued()).hasSize(1);
    }

    @Test
    void a_time_that_another_enqueued_meanwhile_is_not_enqueued_again() throws SQLException {
        TickSchedules quick = ticker(HOURLY);
        TickSchedules late = ticker(
                Schedule.named("test.first").every(Duration.ofHours(1)).enqueue(time -> {
                    // The late one has seen that both are due, and has not come to the second yet.
                    tickUnchecked(quick);
                    return new Report("first");
                }),
                HOURLY);
        tick(late);
        makeDue("test.first", Duration.ofSeconds(2));
        makeDue(NAME, Duration.ofSeconds(1));

        tick(late);

        assertThat(enqueued()).hasSize(2).contains("first");
    }

    @Test
    void a_time_whose_enqueuer_dies_before_the_commit_is_the_next_ones() throws SQLException {
        AtomicInteger deaths = new AtomicInteger();
        TickSchedules dying =
                ticker(Schedule.named(NAME).every(Duration.ofHours(1)).enqueue(time -> {
                    deaths.incrementAndGet();
                    rows.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND state = 'idle in transaction'");
                    return new Report(time.toString());
                }));
        tick(dying);
        makeDue(NAME, Duration.ofSeconds(1));
        Instant due = nextAt();

        assertThatThrownBy(() -> tick(dying)).isInstanceOf(JobException.class);
        assertThat(deaths).hasValue(1);
        assertThat(enqueued()).isEmpty();
        assertThat(nextAt()).isEqualTo(due);

        tick(ticker(HOURLY));
        assertThat(enqueued()).containsExactly(due.toString());
    }

    @Test
    void missed_times_are_made_up_for_as_the_schedule_says() throws SQLException {
        TickSchedules ticker = ticker(
                hourly("test.skip", MissedRuns.SKIP),
                hourly("test.once", MissedRuns.ONCE),
                hourly("test.all", MissedRuns.all(3)));
        tick(ticker);
        for (String name : new String[] {"test.skip", "test.once", "test.all"}) {
            makeDue(name, Duration.ofMinutes(5 * 60 + 30));
        }

        tick(ticker);
        tick(ticker);

        assertThat(enqueued())
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).startsWith("test.once"),
                        text -> assertThat(text).startsWith("test.all"),
                        text -> assertThat(text).startsWith("test.all"),
                        text -> assertThat(text).startsWith("test.all"))
                .doesNotHaveDuplicates();
        assertThat(rows.all("SELECT DISTINCT next_at > clock_timestamp() FROM jobs.schedule"))
                .containsExactly("t");
    }

    @Test
    void a_schedule_that_cannot_be_enqueued_keeps_no_other_from_it() throws SQLException {
        AtomicInteger tries = new AtomicInteger();
        Schedule broken = Schedule.named("test.broken")
                .every(Duration.ofHours(1))
                .enqueue(time -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("no job for " + time);
                });
        TickSchedules ticker = ticker(broken, HOURLY);
        tick(ticker);
        makeDue("test.broken", Duration.ofSeconds(5));
        makeDue(NAME, Duration.ofSeconds(1));

        tick(ticker);
        tick(ticker);

        assertThat(enqueued()).hasSize(1);
        assertThat(tries).as("tried again in a minute").hasValue(1);
        assertThat(rows.one("SELECT next_at < clock_timestamp() FROM jobs.schedule WHERE name = 'test.broken'"))
                .as("still due")
                .isEqualTo("t");
    }

    @Test
    void a_job_of_no_known_type_leaves_its_schedule_due() throws SQLException {
        tick(ticker(HOURLY));
        makeDue(NAME, Duration.ofSeconds(1));

        tick(ticker(JobTypes.of(TestJobs.STEP), HOURLY));
        assertThat(enqueued()).isEmpty();

        tick(ticker(HOURLY));
        assertThat(enqueued()).hasSize(1);
    }

    private Instant nextAt() {
        return Instant.parse(rows.one(
                "SELECT to_char(next_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM jobs.schedule"));
    }

    private static Schedule hourly(String name, MissedRuns missed) {
        return Schedule.named(name)
                .every(Duration.ofHours(1))
                .missedRuns(missed)
                .enqueue(time -> new Report(name + " " + time));
    }

    private void tickUnchecked(TickSchedules ticker) {
        try {
            tick(ticker);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
