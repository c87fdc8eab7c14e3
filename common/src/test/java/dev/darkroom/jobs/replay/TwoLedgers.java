package dev.darkroom.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.failures.Failures;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A directory and two ledgers, each a database of its own, for a test class; to be held in a static field. */
public final class TwoLedgers implements BeforeAllCallback, AfterAllCallback {

    private final PostgresExtension postgres = new PostgresExtension();
    private List<String> names = List.of();
    private List<DataSource> sources = List.of();

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        postgres.beforeAll(context);
        names = List.of(postgres.createDatabase(), postgres.createDatabase(), postgres.createDatabase());
        sources = names.stream().map(name -> postgres.dataSource(name, 20)).toList();
        ReplaySchema.migrate(directory());
        LedgerSchema.migrate(source(1), 1);
        LedgerSchema.migrate(source(2), 2);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        postgres.afterAll(context);
    }

    public DataSource directory() {
        return sources.get(0);
    }

    public DataSource source(int database) {
        return sources.get(database);
    }

    /** Number 0 is the directory. */
    public String jdbcUrl(int database) {
        return postgres.jdbcUrl(names.get(database));
    }

    /** A connection that no pool knows. */
    public Connection connect(int database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    public LedgerRows rows(int database) {
        return new LedgerRows(source(database));
    }

    public LedgerRows orders() {
        return new LedgerRows(directory());
    }

    public Failures failures(int database) {
        return new Failures(rows(database));
    }

    public List<Ledger> ledgers() {
        return List.of(ledger(1), ledger(2));
    }

    private Ledger ledger(int database) {
        return new Ledger(database, source(database), TestJobs.TYPES, DirectSubmission.NONE);
    }

    public Replays replays() {
        return new Replays(directory(), ledgers());
    }

    public ReplayReports reports() {
        return new ReplayReports(directory(), ledgers());
    }

    public ReplayProgress progress(long id) {
        return reports().find(id).orElseThrow().progress();
    }

    public ReplayState state(long id) {
        return reports().find(id).orElseThrow().state();
    }

    public void clear() {
        rows(1).clear();
        rows(2).clear();
        orders().run("TRUNCATE replay.replay, replay.part, replay.act");
    }

    /** What was moved is what the rows say, also while no relay is there to add up what became of it. */
    public void assertMovedAddsUp(long id, long started) {
        ReplayProgress progress = progress(id);
        assertThat(progress.selected()).isEqualTo(started);
        assertThat(progress.left() + progress.missing() + progress.moved()).isEqualTo(started);
        assertThat(sum("SELECT count(*) FROM jobs.replay_job WHERE replay_id = " + id))
                .isEqualTo(progress.moved());
        assertThat(
                        sum(
                                "SELECT (SELECT coalesce(sum(jobs), 0) FROM jobs.failure_group) - count(*) FROM jobs.failed_job"))
                .isZero();
    }

    /** The counts are those of the rows, whatever happened, once nothing runs any more. */
    public void assertAddsUp(long id, long started) {
        assertMovedAddsUp(id, started);
        ReplayProgress progress = progress(id);
        for (String state : List.of("waiting", "done", "failed", "discarded", "superseded")) {
            long jobs = sum(
                    "SELECT count(*) FROM jobs.replay_job WHERE replay_id = %d AND state = '%s'".formatted(id, state));
            assertThat(jobs).as(state).isEqualTo(count(progress, state));
        }
    }

    private static long count(ReplayProgress progress, String state) {
        return switch (state) {
            case "waiting" -> progress.waiting();
            case "done" -> progress.done();
            case "failed" -> progress.failed();
            case "discarded" -> progress.discarded();
            default -> progress.superseded();
        };
    }

    /** Of both ledgers. */
    public long sum(String sql) {
        return Long.parseLong(rows(1).one(sql)) + Long.parseLong(rows(2).one(sql));
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, Duration.ofSeconds(90), condition);
    }

    public static void await(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " never comes").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }
}
