package dev.darkroom.jobs.death;

import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.WorkerRegister;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Writes a death down: the process, the jobs that ran in it, and what becomes of their rows. */
final class DeathRows {

    // What was only not heard of may have come back, and died again or for good.
    private static final String WORKER = """
            INSERT INTO jobs.dead_worker AS known
              (worker_id, name, host, pid, ending, killed_by, evidence, certain, last_beat, types)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, (SELECT beat_at FROM jobs.worker WHERE id = ?),
                   ARRAY(SELECT type FROM jobs.worker_count WHERE worker_id = ? ORDER BY type)
            ON CONFLICT (worker_id) DO UPDATE
            SET ending = excluded.ending, killed_by = excluded.killed_by, evidence = excluded.evidence,
                certain = excluded.certain, last_beat = coalesce(excluded.last_beat, known.last_beat),
                reported_at = clock_timestamp()
            WHERE NOT known.certain""";

    private static final String SUSPECT = """
            WITH running AS (
              SELECT * FROM unnest(?::bigint[], ?::integer[]) AS r(id, turn) ORDER BY id
            ), suspects AS (
              UPDATE jobs.job j SET turn = j.turn + 1, marks = j.marks | %d, leased_until = NULL
              FROM running r WHERE j.id = r.id AND j.turn = r.turn
              RETURNING j.id, r.turn, j.type
            )
            INSERT INTO jobs.death (job_id, turn, type, alone, worker_id) SELECT id, turn, type, false, ? FROM suspects
            """.formatted(Mark.SUSPECT.bit());

    private static final String FAILED = """
            INSERT INTO jobs.death (job_id, turn, type, alone, worker_id)
            SELECT r.id, r.turn, r.type, true, ? FROM unnest(?::bigint[], ?::integer[], ?::text[]) AS r(id, turn, type)""";

    private static final String REPORTED = "UPDATE jobs.worker SET reported = true WHERE id = ?";

    private DeathRows() {}

    /**
     * In one transaction of the caller's.
     *
     * @param failed those that have left {@code jobs.job} for the failed table
     * @return false if the death was known: nothing was written
     */
    static boolean write(Connection connection, DeadWorker worker, List<RunningJob> running, List<RunningJob> failed)
            throws SQLException {
        if (!insert(connection, worker)) {
            return false;
        }
        UUID id = worker.self().id();
        if (!running.isEmpty()) {
            try (PreparedStatement suspect = connection.prepareStatement(SUSPECT)) {
                RunningJobs.set(suspect, 1, running);
                suspect.setObject(3, id);
                suspect.executeUpdate();
            }
        }
        if (!failed.isEmpty()) {
            writeFailed(connection, id, failed);
        }
        leave(connection, worker);
        return true;
    }

    private static boolean insert(Connection connection, DeadWorker worker) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(WORKER)) {
            insert.setObject(1, worker.self().id());
            insert.setString(2, worker.self().name());
            insert.setString(3, worker.self().host());
            insert.setLong(4, worker.self().pid());
            insert.setString(5, worker.ending());
            insert.setString(6, worker.killedBy());
            insert.setString(7, worker.evidence());
            insert.setBoolean(8, worker.certain());
            insert.setObject(9, worker.self().id());
            insert.setObject(10, worker.self().id());
            return insert.executeUpdate() == 1;
        }
    }

    private static void writeFailed(Connection connection, UUID id, List<RunningJob> failed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(FAILED)) {
            insert.setObject(1, id);
            RunningJobs.set(insert, 2, failed);
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "text", failed.stream().map(RunningJob::type).toArray()));
            insert.executeUpdate();
        }
    }

    private static void leave(Connection connection, DeadWorker worker) throws SQLException {
        if (worker.certain()) {
            WorkerRegister.forget(connection, worker.self().id());
            return;
        }
        try (PreparedStatement reported = connection.prepareStatement(REPORTED)) {
            reported.setObject(1, worker.self().id());
            reported.executeUpdate();
        }
    }
}
