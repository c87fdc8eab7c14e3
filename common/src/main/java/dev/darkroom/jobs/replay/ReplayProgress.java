package dev.darkroom.jobs.replay;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What has become of the jobs of a replay. At any moment {@code selected = left() + missing + moved} and {@code moved =
 * waiting() + done + failed + discarded + superseded}.
 *
 * @param selected matched at the start
 * @param moved taken out of the failed table
 * @param missing selected, but discarded or taken by another replay before their turn; known at the end
 * @param failed out of attempts again
 * @param discarded by their handler, or past their deadline
 * @param superseded not run: another job with the same unique key was waiting
 */
public record ReplayProgress(
        long selected, long moved, long missing, long done, long failed, long discarded, long superseded) {

    public static final ReplayProgress NONE = new ReplayProgress(0, 0, 0, 0, 0, 0, 0);

    /** Of a row whose columns are named as the components. */
    static ReplayProgress read(ResultSet row) throws SQLException {
        return new ReplayProgress(
                row.getLong("selected"),
                row.getLong("moved"),
                row.getLong("missing"),
                row.getLong("done"),
                row.getLong("failed"),
                row.getLong("discarded"),
                row.getLong("superseded"));
    }

    /** Still failed, to be moved. */
    public long left() {
        return Math.max(0, selected - moved - missing);
    }

    /** Moved and not ended: waiting, running, or waiting for another attempt. */
    public long waiting() {
        return moved - done - failed - discarded - superseded;
    }

    public ReplayProgress plus(ReplayProgress other) {
        return new ReplayProgress(
                selected + other.selected,
                moved + other.moved,
                missing + other.missing,
                done + other.done,
                failed + other.failed,
                discarded + other.discarded,
                superseded + other.superseded);
    }
}
