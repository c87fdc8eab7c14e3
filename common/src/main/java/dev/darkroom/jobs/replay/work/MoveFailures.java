package dev.darkroom.jobs.replay.work;

import dev.darkroom.jobs.failures.FailureCondition;
import dev.darkroom.jobs.failures.FilterJson;
import dev.darkroom.jobs.ledger.JobColumns;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.replay.PartRow;
import dev.darkroom.jobs.replay.ReplayPace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Moves failed jobs back to waiting, a chunk in one statement: rows, results and counts change together or not at all, and
 * none passes through this process. The lock on the replay's row lets one process at a time move; the state in it stops
 * every later chunk as soon as it is changed. A job takes its unique key again; where another job has it, that one does the
 * work, and the failed one is superseded. The key and the row come together.
 */
final class MoveFailures {

    static final int CHUNK = 5_000;

    /**
     * What the rate allows by now: at most a second's worth, so that a pause is not made up for, and at least so many at once
     * that a canary can be judged.
     */
    private static final String PART = """
            WITH part AS (
              SELECT *, greatest(allowed_at, clock_timestamp() - interval '1 second') AS since FROM jobs.replay
              WHERE id = ? AND state = '%s' AND NOT exhausted AND allowed_at <= clock_timestamp()
              FOR UPDATE SKIP LOCKED
            ), allowed AS (
              SELECT least(?, greatest(%d, floor(rate * extract(epoch FROM clock_timestamp() - since))))::bigint AS most FROM part
            )""";

    private static final String MOVE = """
            , chunk AS (
              SELECT f.id FROM jobs.failed_job f
              WHERE %s AND f.failed_at <= (SELECT cut_off FROM part) AND %s
              ORDER BY f.id LIMIT (SELECT most FROM allowed) FOR UPDATE OF f
            ), gone AS (
              DELETE FROM jobs.failed_job f USING chunk WHERE f.id = chunk.id RETURNING f.*
            ), keyed AS (
              INSERT INTO jobs.unique_job (type, key, job_id)
              SELECT DISTINCT ON (type, unique_key) type, unique_key, id FROM gone
              WHERE unique_key IS NOT NULL ORDER BY type, unique_key, id
              ON CONFLICT (type, key) DO NOTHING
              RETURNING job_id
            ), arrived AS (
              INSERT INTO jobs.job (%s)
              SELECT %s FROM gone WHERE unique_key IS NULL OR id IN (SELECT job_id FROM keyed)
              ON CONFLICT DO NOTHING
              RETURNING id
            ), noted AS (
              INSERT INTO jobs.replay_job (replay_id, job_id, type, cause, attempts, canary, state, ended_at)
              SELECT (SELECT id FROM part), g.id, g.type, g.fingerprint, g.attempt, %s,
                     CASE WHEN a.id IS NULL THEN 'superseded' ELSE 'waiting' END,
                     CASE WHEN a.id IS NULL THEN clock_timestamp() END
              FROM gone g LEFT JOIN arrived a ON a.id = g.id
            ), counts AS MATERIALIZED (
              SELECT (SELECT count(*) FROM gone) AS moved, (SELECT count(*) FROM arrived) AS arrived,
                     (SELECT max(id) FROM gone) AS position
            )""";

    // An empty chunk ends a pass; after a pass that moved anything comes another, for what was
    // committed late behind it.
    private static final String COUNT_ALL = """
            UPDATE jobs.replay r
            SET moved = r.moved + c.moved, superseded = r.superseded + c.moved - c.arrived,
                pass_moved = CASE WHEN c.moved = 0 THEN 0 ELSE r.pass_moved + c.moved END,
                position = coalesce(c.position, 0),
                exhausted = c.moved = 0 AND r.pass_moved = 0,
                missing = CASE WHEN c.moved = 0 AND r.pass_moved = 0 THEN greatest(r.selected - r.moved, 0) ELSE 0 END,
                selected = CASE WHEN c.moved = 0 AND r.pass_moved = 0 THEN greatest(r.selected, r.moved) ELSE r.selected END,
                allowed_at = part.since + c.moved / part.rate * interval '1 second'
            FROM part, counts c WHERE r.id = part.id
            RETURNING c.moved""";

    private static final String COUNT_CANARY = """
            , taken AS (
              UPDATE jobs.replay_group g
              SET canary_left = CASE WHEN c.moved = 0 THEN 0 ELSE greatest(g.canary_left - c.moved, 0) END
              FROM counts c
              WHERE g.replay_id = (SELECT id FROM part) AND g.fingerprint = ? AND g.type = ?
            )
            UPDATE jobs.replay r
            SET moved = r.moved + c.moved, superseded = r.superseded + c.moved - c.arrived,
                allowed_at = part.since + c.moved / part.rate * interval '1 second'
            FROM part, counts c WHERE r.id = part.id
            RETURNING c.moved""";

    private static final String VALUES =
            Stream.of(JobColumns.ALL.split(", ")).map(MoveFailures::value).collect(Collectors.joining(", "));

    private static final String ALL = PART.formatted("running", 1) + MOVE + COUNT_ALL;
    private static final String CANARY = PART.formatted("canary", ReplayPace.LEAST_CANARY) + MOVE + COUNT_CANARY;

    private MoveFailures() {}

    /** Moves the next chunk; returns how many, 0 also when it may not go on now. */
    static long next(Connection connection, PartRow part, long most) throws SQLException {
        FailureCondition condition = FailureCondition.of(FilterJson.read(part.filter()));
        try (PreparedStatement move =
                connection.prepareStatement(sql(ALL, condition, "f.id > (SELECT position FROM part)", false))) {
            move.setLong(1, part.id());
            move.setLong(2, Math.min(most, CHUNK));
            condition.bind(move, 3);
            return moved(move);
        }
    }

    /** Moves the canary of one cause. */
    static long canary(Connection connection, PartRow part, Canary.Group group) throws SQLException {
        FailureCondition condition = FailureCondition.of(FilterJson.read(part.filter()));
        try (PreparedStatement move =
                connection.prepareStatement(sql(CANARY, condition, "f.fingerprint = ? AND f.type = ?", true))) {
            move.setLong(1, part.id());
            move.setLong(2, group.left());
            int index = condition.bind(move, 3);
            move.setString(index, group.fingerprint());
            move.setString(index + 1, group.type());
            move.setString(index + 2, group.fingerprint());
            move.setString(index + 3, group.type());
            return moved(move);
        }
    }

    private static String sql(String template, FailureCondition condition, String where, boolean canary) {
        return template.formatted(condition.sql(), where, JobColumns.ALL, VALUES, canary);
    }

    /** A replayed job begins anew and belongs to its replay. */
    private static String value(String column) {
        return switch (column) {
            case "replay_id" -> "(SELECT id FROM part)";
            case "marks" -> "marks | " + Mark.REPLAY.bit();
            case "run_at" -> "clock_timestamp()";
            case "turn" -> "turn + 1";
            case "attempt" -> "0";
            default -> column;
        };
    }

    private static long moved(PreparedStatement move) throws SQLException {
        try (ResultSet row = move.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
