package dev.darkroom.jobs.failures;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a failed job.
 *
 * @param stack the error's stack; empty where there was no exception
 * @param arguments as the type's codec wrote them
 * @param trace the W3C trace context it was enqueued in
 */
public record FailureDetail(
        FailedJob job,
        String stack,
        byte[] arguments,
        @Nullable String trace) {

    static final String COLUMNS = FailedJob.COLUMNS + ", stack, args, trace";

    static FailureDetail read(ResultSet row) throws SQLException {
        return new FailureDetail(
                FailedJob.read(row), row.getString("stack"), row.getBytes("args"), row.getString("trace"));
    }
}
