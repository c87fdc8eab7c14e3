package dev.darkroom.jobs.replay;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.failures.FilterJson;
import dev.darkroom.jobs.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What there is to know of replays. Reads only; thread-safe. */
public final class ReplayReports {

    private static final String SELECT = """
            SELECT r.*, p.* FROM replay.replay r CROSS JOIN LATERAL (
              SELECT sum(selected) AS selected, sum(moved) AS moved, sum(missing) AS missing, sum(done) AS done,
                     sum(failed) AS failed, sum(discarded) AS discarded, sum(superseded) AS superseded
              FROM replay.part WHERE replay_id = r.id) p
            WHERE ? OR r.id = ? ORDER BY r.id DESC LIMIT ?""";

    private static final String ACTS = "SELECT at, actor, action, note FROM replay.act WHERE replay_id = ? ORDER BY at";

    private static final String FAILED_AGAIN = """
            SELECT fingerprint, sum(jobs) FROM jobs.replay_result WHERE replay_id = ? AND state = 'failed'
            GROUP BY fingerprint""";

    private static final String JOBS = """
            SELECT replay_id, job_id, type, cause, attempts, canary, state, fingerprint FROM jobs.replay_job
            WHERE replay_id = ? AND job_id > ? AND (?::text IS NULL OR state = ?) ORDER BY job_id LIMIT ?""";

    private final DataSource directory;
    private final List<Ledger> ledgers;

    /** @param ledgers one for each physical database */
    public ReplayReports(DataSource directory, Collection<Ledger> ledgers) {
        this.directory = directory;
        this.ledgers = List.copyOf(ledgers);
    }

    /** The last so many, newest first, with the progress that the databases last reported. */
    public List<Replay> last(int count) {
        return select(true, 0, count);
    }

    /** One, with its progress at this moment. */
    public Optional<Replay> find(long id) {
        return select(false, id, 1).stream().findFirst().map(replay -> replay.withProgress(live(id)));
    }

    private List<Replay> select(boolean all, long id, int count) {
        try (Connection connection = directory.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setBoolean(1, all);
            select.setLong(2, id);
            select.setInt(3, count);
            List<Replay> replays = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    replays.add(replay(rows));
                }
            }
            return replays;
        } catch (SQLException e) {
            throw unreadable("the directory database", e);
        }
    }

    private static Replay replay(ResultSet row) throws SQLException {
        ReplayProgress progress = ReplayProgress.read(row);
        Replay.Order order = new Replay.Order(
                FilterJson.read(row.getString("filter")),
                row.getDouble("rate"),
                row.getDouble("canary_percent"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class).toInstant());
        return new Replay(
                row.getLong("id"),
                ReplayState.ofCode(row.getString("state")),
                row.getString("reason"),
                order,
                progress,
                ended(row));
    }

    private static @Nullable Instant ended(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return ended == null ? null : ended.toInstant();
    }

    private ReplayProgress live(long id) {
        return fromEach(ReplayProgress.NONE, (sum, connection) -> {
            ReplayProgress progress = sum;
            for (PartRow part : PartRow.find(connection, id)) {
                progress = progress.plus(part.progress());
            }
            return progress;
        });
    }

    /** Everything that was done to it, in order. */
    public List<ReplayAct> acts(long id) {
        try (Connection connection = directory.getConnection();
                PreparedStatement select = connection.prepareStatement(ACTS)) {
            select.setLong(1, id);
            List<ReplayAct> acts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    acts.add(new ReplayAct(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getString("actor"),
                            row.getString("action"),
                            row.getString("note")));
                }
            }
            return acts;
        } catch (SQLException e) {
            throw unreadable("the directory database", e);
        }
    }

    /** How many failed again, by the fingerprint that they failed with. */
    public Map<String, Long> failedAgain(long id) {
        return fromEach(new TreeMap<>(), (counts, connection) -> {
            try (PreparedStatement select = connection.prepareStatement(FAILED_AGAIN)) {
                select.setLong(1, id);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        counts.merge(row.getString(1), row.getLong(2), Long::sum);
                    }
                }
            }
            return counts;
        });
    }

    /**
     * What became of each job, up to so many of each database, in the order of their ids.
     *
     * @param state only those in this state; null for all
     * @param after only those behind this id
     */
    public List<ReplayedJob> jobs(long id, @Nullable String state, long after, int most) {
        return fromEach(new ArrayList<ReplayedJob>(), (jobs, connection) -> {
            try (PreparedStatement select = connection.prepareStatement(JOBS)) {
                select.setLong(1, id);
                select.setLong(2, after);
                select.setString(3, state);
                select.setString(4, state);
                select.setInt(5, most);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        jobs.add(job(row));
                    }
                }
            }
            return jobs;
        });
    }

    private static ReplayedJob job(ResultSet row) throws SQLException {
        return new ReplayedJob(
                row.getLong("replay_id"),
                row.getLong("job_id"),
                row.getString("type"),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getBoolean("canary"),
                row.getString("state"),
                row.getString("fingerprint"));
    }

    private <T> T fromEach(T start, Reading<T> reading) {
        T found = start;
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection()) {
                found = reading.read(found, connection);
            } catch (SQLException e) {
                throw unreadable("database " + ledger.database(), e);
            }
        }
        return found;
    }

    private static JobException unreadable(String which, SQLException e) {
        return new JobException("Replays cannot be read: " + which + " says " + e.getMessage(), e);
    }

    private interface Reading<T> {
        T read(T found, Connection connection) throws SQLException;
    }
}
