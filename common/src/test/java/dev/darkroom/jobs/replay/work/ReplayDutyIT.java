package dev.darkroom.jobs.replay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.Failures;
import dev.darkroom.jobs.replay.ReplayPace;
import dev.darkroom.jobs.replay.ReplayProgress;
import dev.darkroom.jobs.replay.ReplayState;
import dev.darkroom.jobs.replay.TwoLedgers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a database does for a replay, step by step: nobody runs the jobs. */
@Timeout(60)
class ReplayDutyIT {

    @RegisterExtension
    static final TwoLedgers LEDGERS = new TwoLedgers();

    private static final ReplayPace AT_ONCE = new ReplayPace(ReplayPace.UNLIMITED, 0, 1_000_000);

    @BeforeEach
    void begin() {
        LEDGERS.clear();
    }

    @Test
    void what_matches_is_moved_and_waits_with_fresh_attempts() throws SQLException {
        LEDGERS.failures(1).add(12_000, 3, 10);
        LEDGERS.failures(2).add(30, 3, 10);

        long id = LEDGERS.replays().start(FailureFilter.ALL.inGroup(Failures.cause(1)), AT_ONCE, "ana");
        run(1, 3);
        run(2, 3);

        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(4_010, 4_010, 0, 0, 0, 0, 0));
        LEDGERS.assertAddsUp(id, 4_010);
        assertThat(LEDGERS.sum("SELECT count(*) FROM jobs.failed_job")).isEqualTo(8_020);
        assertThat(
                        LEDGERS.rows(1)
                                .all(
                                        "SELECT DISTINCT turn || ' ' || attempt || ' ' || marks || ' ' || replay_id FROM jobs.job"))
                .containsExactly("4 0 2 " + id);
        assertThat(LEDGERS.rows(1).all("SELECT DISTINCT attempts FROM jobs.replay_job"))
                .containsExactly("3");
        assertThat(LEDGERS.reports().acts(id))
                .extracting("actor", "action")
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ana", "start"));
    }

    @Test
    void a_job_takes_its_unique_key_again_or_is_superseded_by_the_one_that_has_it() throws SQLException {
        LEDGERS.failures(1).add(3, 1, 1);
        LEDGERS.rows(1)
                .run("UPDATE jobs.failed_job SET marks = 4, unique_key = CASE WHEN id ="
                        + " (SELECT max(id) FROM jobs.failed_job) THEN 'held' ELSE 'free' END");
        LEDGERS.rows(1).run("INSERT INTO jobs.unique_job (type, key, job_id) VALUES ('test.step', 'held', 7)");

        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");
        run(1, 3);

        assertThat(LEDGERS.progress(id).superseded()).isEqualTo(2);
        LEDGERS.assertAddsUp(id, 3);
        assertThat(LEDGERS.rows(1).all("SELECT unique_key FROM jobs.job")).containsExactly("free");
        assertThat(LEDGERS.rows(1).all("SELECT job_id FROM jobs.unique_job WHERE key = 'free'"))
                .isEqualTo(LEDGERS.rows(1).all("SELECT id FROM jobs.job"));
    }

    @Test
    void what_fails_after_the_start_stays_failed() throws SQLException {
        LEDGERS.failures(1).add(200, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");

        LEDGERS.rows(1).run("""
                INSERT INTO jobs.failed_job (type, args, error_class, message, stack, fingerprint, worker)
                VALUES ('test.step', '{}', 'e', 'm', '', '0000000000000000', 'w')""");
        run(1, 4);

        assertThat(LEDGERS.progress(id).moved()).isEqualTo(200);
        assertThat(LEDGERS.rows(1).count("failed_job")).isEqualTo(1);
    }

    @Test
    void a_failure_committed_behind_the_position_is_found_by_another_pass() throws SQLException {
        LEDGERS.failures(1).add(200, 1, 1);
        try (Connection late = LEDGERS.connect(1)) {
            late.setAutoCommit(false);
            try (Statement statement = late.createStatement()) {
                statement.execute("""
                        INSERT INTO jobs.failed_job (id, type, args, error_class, message, stack, fingerprint, worker)
                        VALUES (1, 'test.step', '{}', 'e', 'm', '', '00000000000000ff', 'w')""");
            }
            long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");
            run(1, 1);
            assertThat(LEDGERS.progress(id).moved()).isEqualTo(200);
            late.commit();
            run(1, 4);
            assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(201, 201, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void no_more_is_moved_than_the_rate_allows() throws Exception {
        LEDGERS.failures(1).add(3_000, 1, 1);
        LEDGERS.failures(2).add(1_000, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(400, 0, 1_000_000), "ana");

        long begin = System.nanoTime();
        // Four processes, as with relays that each take themselves for the leader.
        inParallel(4, () -> {
            ReplayDuty duty = new ReplayDuty(1, LEDGERS.directory());
            while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(1_500)) {
                run(duty, 1);
            }
        });
        double seconds = (System.nanoTime() - begin) / 1e9;

        // Three quarters of the failures are here, so three quarters of the rate.
        assertThat(LEDGERS.progress(id).moved()).isBetween(100L, (long) (300 * (seconds + 1)));
        LEDGERS.assertAddsUp(id, 4_000);
    }

    @Test
    void several_that_move_at_once_move_each_job_once() throws Exception {
        LEDGERS.failures(1).add(12_000, 7, 10);
        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");

        inParallel(4, () -> {
            ReplayDuty duty = new ReplayDuty(1, LEDGERS.directory());
            for (int i = 0; i < 6; i++) {
                run(duty, 1);
            }
        });
        run(1, 3);

        assertThat(LEDGERS.progress(id).moved()).isEqualTo(12_000);
        assertThat(LEDGERS.rows(1).count("job")).isEqualTo(12_000);
        LEDGERS.assertAddsUp(id, 12_000);
    }

    @Test
    void after_a_pause_has_returned_nothing_is_moved() throws Exception {
        LEDGERS.failures(1).add(5_000, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(2_000, 0, 1_000_000), "ana");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            ReplayDuty duty = new ReplayDuty(1, LEDGERS.directory());
            Future<?> moving = thread.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    run(duty, 1);
                }
            });
            TwoLedgers.await("the first move", () -> LEDGERS.progress(id).moved() > 0);

            LEDGERS.replays().pause(id, "ben");
            long moved = LEDGERS.progress(id).moved();
            for (int i = 0; i < 10; i++) {
                run(1, 1);
            }

            assertThat(moving.isDone()).isFalse();
            assertThat(LEDGERS.progress(id).moved()).isEqualTo(moved).isLessThan(5_000);
            LEDGERS.replays().resume(id, "ben");
            TwoLedgers.await("the rest", () -> LEDGERS.progress(id).left() == 0);
            LEDGERS.assertAddsUp(id, 5_000);
        } finally {
            thread.shutdownNow();
            assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What a relay that was stopped, and goes on beside its successor, is kept from by the lock on the part's row. */
    @Test
    void while_one_moves_a_chunk_no_other_begins_one_and_no_pause_returns() throws Exception {
        LEDGERS.failures(1).add(300, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'";
        try (Connection blocker = LEDGERS.connect(1)) {
            blocker.setAutoCommit(false);
            try (Statement statement = blocker.createStatement()) {
                statement.execute("SELECT 1 FROM jobs.failed_job FOR UPDATE");
            }
            CompletableFuture<Void> moving =
                    CompletableFuture.runAsync(() -> run(new ReplayDuty(1, LEDGERS.directory()), 1));
            TwoLedgers.await(
                    "a chunk in the middle", () -> LEDGERS.rows(1).one(waiting).equals("1"));

            assertThat(CompletableFuture.runAsync(() -> run(new ReplayDuty(1, LEDGERS.directory()), 1)))
                    .as("another that moves has nothing to do")
                    .succeedsWithin(java.time.Duration.ofSeconds(20));
            CompletableFuture<Void> pausing =
                    CompletableFuture.runAsync(() -> LEDGERS.replays().pause(id, "ben"));
            TwoLedgers.await(
                    "a pause that waits, or does not",
                    () -> pausing.isDone() || LEDGERS.rows(1).one(waiting).equals("2"));
            assertThat(pausing).as("a pause in the midst of a chunk").isNotDone();

            blocker.rollback();
            pausing.get(20, TimeUnit.SECONDS);
            long moved = LEDGERS.progress(id).moved();
            moving.get(20, TimeUnit.SECONDS);
            assertThat(LEDGERS.progress(id).moved()).isEqualTo(moved).isEqualTo(300);
        }
    }

    @Test
    void no_more_is_moved_than_may_be_outstanding() throws SQLException {
        LEDGERS.failures(1).add(500, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(ReplayPace.UNLIMITED, 0, 120), "ana");

        run(1, 3);

        assertThat(LEDGERS.progress(id).moved()).isEqualTo(120);
    }

    @Test
    void a_connection_that_dies_in_the_middle_of_a_chunk_leaves_all_as_it_was() throws Exception {
        LEDGERS.failures(1).add(3_000, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");
        try (Connection blocker = LEDGERS.connect(1);
                Connection mover = LEDGERS.connect(1)) {
            blocker.setAutoCommit(false);
            try (Statement statement = blocker.createStatement()) {
                statement.execute("SELECT 1 FROM jobs.failure_group FOR UPDATE");
            }
            CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> {
                try {
                    new ReplayDuty(1, LEDGERS.directory()).run(mover);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            String waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND wait_event_type = 'Lock' AND query LIKE 'WITH part AS%'";
            TwoLedgers.await(
                    "a chunk in the middle", () -> LEDGERS.rows(1).one(waiting).equals("1"));

            LEDGERS.rows(1)
                    .all(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH part AS%'");
            assertThat(moving).failsWithin(java.time.Duration.ofSeconds(10));
            blocker.rollback();
        }

        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(3_000, 0, 0, 0, 0, 0, 0));
        assertThat(LEDGERS.rows(1).count("job")).isZero();
        run(1, 3);
        assertThat(LEDGERS.progress(id).moved()).isEqualTo(3_000);
        LEDGERS.assertAddsUp(id, 3_000);
    }

    @Test
    void a_start_that_died_before_its_order_moves_nothing() throws SQLException {
        LEDGERS.failures(1).add(10, 1, 1);
        LEDGERS.rows(1).run("""
                INSERT INTO jobs.replay (id, state, filter, cut_off, started_by)
                VALUES (77, 'prepared', '{}', clock_timestamp(), 'ana')""");

        run(1, 3);

        assertThat(LEDGERS.rows(1).count("failed_job")).isEqualTo(10);
    }

    @Test
    void while_the_directory_is_away_a_replay_goes_on() throws SQLException {
        LEDGERS.failures(1).add(100, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, new ReplayPace(ReplayPace.UNLIMITED, 0, 30), "ana");
        run(1, 1);
        assertThat(LEDGERS.progress(id).moved()).isEqualTo(30);
        LEDGERS.rows(1).run("UPDATE jobs.replay SET outstanding = 80");

        HikariConfig nowhere = new HikariConfig();
        nowhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nothing");
        nowhere.setInitializationFailTimeout(-1);
        nowhere.setConnectionTimeout(300);
        try (HikariDataSource away = new HikariDataSource(nowhere)) {
            run(new ReplayDuty(1, away), 1);
        }

        assertThat(LEDGERS.progress(id).moved()).isEqualTo(80);
    }

    @Test
    void what_others_took_away_before_its_turn_is_missing_and_the_replay_ends() throws SQLException {
        LEDGERS.failures(1).add(100, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");
        LEDGERS.rows(1).run("DELETE FROM jobs.failed_job WHERE id IN (SELECT id FROM jobs.failed_job LIMIT 40)");
        run(1, 4);
        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(100, 60, 40, 0, 0, 0, 0));

        // Whoever takes jobs away past the settlement, they are found to be gone.
        LEDGERS.rows(1).run("DELETE FROM jobs.job WHERE id IN (SELECT id FROM jobs.job LIMIT 20)");
        LEDGERS.rows(1).run("""
                WITH gone AS (DELETE FROM jobs.job RETURNING *)
                INSERT INTO jobs.failed_job (id, type, args, replay_id, error_class, message, stack, fingerprint, worker)
                SELECT id, type, args, replay_id, 'e', 'worker died', '', '00000000000000dd', 'w' FROM gone""");
        run(2, 2);
        run(1, 2);
        assertThat(LEDGERS.progress(id)).isEqualTo(new ReplayProgress(100, 60, 40, 0, 40, 20, 0));
        assertThat(LEDGERS.reports().failedAgain(id)).containsExactly(java.util.Map.entry("00000000000000dd", 40L));
        assertThat(LEDGERS.state(id)).isEqualTo(ReplayState.FINISHED);
        assertThat(LEDGERS.rows(1).one("SELECT ended_at IS NOT NULL FROM jobs.replay"))
                .isEqualTo("t");
    }

    @Test
    void a_replay_of_nothing_is_refused_and_a_wrong_step_too() {
        assertThatThrownBy(() -> LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("nothing to replay");
        assertThatThrownBy(() -> LEDGERS.replays().pause(99, "ana")).hasMessage("There is no replay 99");
        LEDGERS.failures(1).add(1, 1, 1);
        long id = LEDGERS.replays().start(FailureFilter.ALL, AT_ONCE, "ana");
        LEDGERS.replays().cancel(id, "ben");
        assertThatThrownBy(() -> LEDGERS.replays().resume(id, "ana"))
                .hasMessage("Replay " + id + " is cancelled: there is nothing to resume");
        assertThat(LEDGERS.reports().acts(id)).extracting("action").containsExactly("start", "cancel");
    }

    /** So often, each time as a process that knows nothing. */
    private static void run(int database, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            run(new ReplayDuty(database, LEDGERS.directory()), database);
        }
    }

    private static void run(ReplayDuty duty, int database) {
        try (Connection connection = LEDGERS.source(database).getConnection()) {
            duty.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void inParallel(int count, Runnable work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(work));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
