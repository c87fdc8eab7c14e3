package dev.darkroom.jobs.dispatch;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A row that has just become the relay's to hand out: its retry is due, or its lease has run out. */
record ReadyJob(long id, String type, LaneKey lane) {

    /** The columns that {@link #read} expects. */
    static final String COLUMNS = "id, type, priority, lane";

    static List<ReadyJob> read(PreparedStatement statement) throws SQLException {
        List<ReadyJob> ready = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                LaneKey lane = new LaneKey(rows.getShort(3), rows.getString(4));
                ready.add(new ReadyJob(rows.getLong(1), rows.getString(2), lane));
            }
        }
        return ready;
    }
}
