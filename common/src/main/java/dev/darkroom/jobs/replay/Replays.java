package dev.darkroom.jobs.replay;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FilterJson;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Starts replays and steers them. The relays of the databases do the work, so nothing depends on whoever called. Thread-safe.
 */
public final class Replays {

    private static final String NEXT = "SELECT nextval(pg_get_serial_sequence('replay.replay', 'id'))";

    private static final String ORDER = """
            INSERT INTO replay.replay (id, state, canary_passed, filter, rate, canary_percent, started_by)
            VALUES (?, ?, ?, ?::jsonb, ?, ?, ?)""";

    private static final String PART =
            "INSERT INTO replay.part (replay_id, database, state, selected) VALUES (?, ?, 'canary', ?)";

    private static final String ACT = "INSERT INTO replay.act (replay_id, actor, action, note) VALUES (?, ?, ?, ?)";

    private static final String CHANGE = """
            UPDATE replay.replay
            SET state = CASE WHEN ? = 'resume' THEN CASE WHEN canary_passed OR state = 'stopped' THEN 'running' ELSE 'canary' END
                             ELSE ? END,
                canary_passed = canary_passed OR (? = 'resume' AND state = 'stopped'),
                version = version + 1
            WHERE id = ? AND ended_at IS NULL AND state = ANY (?)""";

    private final DataSource directory;
    private final List<Ledger> ledgers;
    private final PartReports reports;

    /** @param ledgers one for each physical database */
    public Replays(DataSource directory, Collection<Ledger> ledgers) {
        this.directory = directory;
        this.ledgers = List.copyOf(ledgers);
        this.reports = new PartReports(directory);
    }

    /**
     * Starts a replay of the jobs that match and have failed by now.
     *
     * @param by who wants it, for the audit
     * @return its number
     * @throws JobException if nothing matches, or a database cannot be reached: then nothing is replayed
     */
    public long start(FailureFilter filter, ReplayPace pace, String by) {
        try (Connection connection = directory.getConnection()) {
            long id = nextId(connection);
            Map<Integer, Long> selected = new TreeMap<>();
            for (Ledger ledger : ledgers) {
                selected.put(ledger.database(), PrepareParts.prepare(ledger, id, filter, pace, by));
            }
            if (selected.values().stream().mapToLong(Long::longValue).sum() == 0) {
                throw new JobException("No failed job matches, so there is nothing to replay");
            }
            order(connection, id, filter, pace, by, selected);
            return id;
        } catch (SQLException e) {
            throw new JobException("No replay was started: the directory database says " + e.getMessage(), e);
        }
    }

    private static long nextId(Connection connection) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement(NEXT);
                ResultSet row = next.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** From this commit on there is a replay. */
    private static void order(
            Connection connection,
            long id,
            FailureFilter filter,
            ReplayPace pace,
            String by,
            Map<Integer, Long> selected)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement order = connection.prepareStatement(ORDER);
                PreparedStatement part = connection.prepareStatement(PART)) {
            order.setLong(1, id);
            order.setString(2, (pace.canaryPercent() == 0 ? ReplayState.RUNNING : ReplayState.CANARY).code());
            order.setBoolean(3, pace.canaryPercent() == 0);
            order.setString(4, FilterJson.write(filter));
            order.setDouble(5, pace.rate());
            order.setDouble(6, pace.canaryPercent());
            order.setString(7, by);
            order.executeUpdate();
            for (Map.Entry<Integer, Long> database : selected.entrySet()) {
                part.setLong(1, id);
                part.setInt(2, database.getKey());
                part.setLong(3, database.getValue());
                part.executeUpdate();
            }
            act(connection, id, by, "start", null);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void act(Connection connection, long id, String actor, String action, @Nullable String note)
            throws SQLException {
        try (PreparedStatement act = connection.prepareStatement(ACT)) {
            act.setLong(1, id);
            act.setString(2, actor);
            act.setString(3, action);
            act.setString(4, note);
            act.executeUpdate();
        }
    }

    /**
     * Moves no more for a while: when this returns, none is being moved. What was moved goes on.
     *
     * @throws JobException if the replay is not going on
     */
    public void pause(long id, String actor) {
        change(id, actor, "pause", ReplayState.PAUSED, List.of(ReplayState.CANARY, ReplayState.RUNNING));
    }

    /** Goes on with what was paused; what its canary has stopped goes on without a canary, on the person's word. */
    public void resume(long id, String actor) {
        change(id, actor, "resume", ReplayState.RUNNING, List.of(ReplayState.PAUSED, ReplayState.STOPPED));
    }

    /** Moves no more for good: what was moved goes on, the rest stays failed. */
    public void cancel(long id, String actor) {
        change(
                id,
                actor,
                "cancel",
                ReplayState.CANCELLED,
                List.of(ReplayState.CANARY, ReplayState.RUNNING, ReplayState.PAUSED, ReplayState.STOPPED));
    }

    private void change(long id, String actor, String action, ReplayState to, List<ReplayState> from) {
        try (Connection connection = directory.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
                change.setString(1, action);
                change.setString(2, to.code());
                change.setString(3, action);
                change.setLong(4, id);
                change.setArray(
                        5,
                        connection.createArrayOf(
                                "text", from.stream().map(ReplayState::code).toArray()));
                if (change.executeUpdate() == 0) {
                    throw refused(connection, id, action);
                }
                act(connection, id, actor, action, null);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new JobException("Replay " + id + " was not changed: the directory says " + e.getMessage(), e);
        }
        tellDatabases(id);
    }

    private static JobException refused(Connection connection, long id, String action) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT state FROM replay.replay WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return new JobException(
                        row.next()
                                ? "Replay " + id + " is " + row.getString(1) + ": there is nothing to " + action
                                : "There is no replay " + id);
            }
        }
    }

    /** So that it takes effect at once; a database that is away hears of it from its relay. */
    private void tellDatabases(long id) {
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection()) {
                for (PartOrder order : reports.orders(ledger.database(), List.of(id))) {
                    PartRow.follow(connection, order);
                }
            } catch (SQLException e) {
                throw new JobException(
                        "Done, but database " + ledger.database() + " does not answer and follows when it is back: "
                                + e.getMessage(),
                        e);
            }
        }
    }
}
