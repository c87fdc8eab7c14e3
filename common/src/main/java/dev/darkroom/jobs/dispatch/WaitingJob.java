package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Mark;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row that waits to be handed out. */
record WaitingJob(LaneKey lane, JobEnvelope envelope) {

    /** The columns that {@link #read} expects first, whatever follows them. */
    static final String COLUMNS =
            "id, turn, attempt, marks, trace, (extract(epoch FROM expires_at) * 1000000)::bigint AS expiry, args";

    /** How many {@link #COLUMNS} are. */
    static final int COLUMN_COUNT = 7;

    /** Then it takes no permit of a limit. */
    boolean isProbe() {
        return envelope.marks().has(Mark.PROBE);
    }

    static WaitingJob read(ResultSet row, LaneKey lane) throws SQLException {
        JobMarks marks = JobMarks.ofBits(row.getInt(4));
        return new WaitingJob(
                lane,
                new JobEnvelope(
                        row.getLong(1),
                        row.getInt(2),
                        row.getInt(3),
                        marks,
                        lane.lane(),
                        marks.isEmpty() ? null : row.getString(5),
                        marks.isEmpty() ? 0 : row.getLong(6),
                        row.getBytes(7)));
    }
}
