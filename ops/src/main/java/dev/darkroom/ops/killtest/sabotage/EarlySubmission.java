package dev.darkroom.ops.killtest.sabotage;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.JobMarks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Submits the jobs of a transaction before it is known whether there will be any. Thread-safe. */
final class EarlySubmission implements SabotagedSource.BeforeCommit {

    private static final String OF_THIS_TRANSACTION =
            "SELECT id, turn, attempt, args, type, lane FROM jobs.job WHERE xmin = pg_current_xact_id_if_assigned()::xid";

    private final GearmanClient client;

    EarlySubmission(List<ServerAddress> servers) {
        client = GearmanClient.builder().servers(servers).build();
    }

    @Override
    public void run(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_THIS_TRANSACTION);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                JobEnvelope job = new JobEnvelope(
                        rows.getLong(1),
                        rows.getInt(2),
                        rows.getInt(3),
                        JobMarks.NONE,
                        rows.getString(6),
                        null,
                        0,
                        rows.getBytes(4));
                submit(rows.getString(5), job);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The relay submits it again in any case.
    private void submit(String type, JobEnvelope job) throws SQLException {
        try {
            client.submitBackgroundWaiting(
                    new Submission(type, JobEnvelope.uniqueKey(job.id(), job.turn()), job.encode()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while submitting", e);
        }
    }
}
