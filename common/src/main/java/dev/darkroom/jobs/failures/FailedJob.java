package dev.darkroom.jobs.failures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One failed job, without what may be large.
 *
 * @param id the job's number; the database is in it
 * @param attempts how often it was tried before it failed for good
 * @param worker who ran it last
 * @param replayId of the last replay it was part of; null if it never was
 */
public record FailedJob(
        long id,
        String type,
        String lane,
        int attempts,
        Cause error,
        Instant failedAt,
        Instant createdAt,
        String worker,
        @Nullable Long replayId) {

    static final String COLUMNS =
            "id, type, lane, attempt, error_class, message, fingerprint, failed_at, created_at," + " worker, replay_id";

    /** Why it failed. */
    public record Cause(String errorClass, String message, String fingerprint) {}

    FailurePosition position() {
        return new FailurePosition(failedAt, id);
    }

    static FailedJob read(ResultSet row) throws SQLException {
        return new FailedJob(
                row.getLong("id"),
                row.getString("type"),
                row.getString("lane"),
                row.getInt("attempt"),
                new Cause(row.getString("error_class"), row.getString("message"), row.getString("fingerprint")),
                time(row, "failed_at"),
                time(row, "created_at"),
                row.getString("worker"),
                row.getObject("replay_id", Long.class));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
