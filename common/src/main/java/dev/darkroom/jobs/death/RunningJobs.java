package dev.darkroom.jobs.death;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Gives jobs to a statement, as an array of their ids and one of their turns. */
final class RunningJobs {

    private RunningJobs() {}

    static void set(PreparedStatement statement, int index, List<RunningJob> jobs) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                index,
                connection.createArrayOf(
                        "int8", jobs.stream().map(RunningJob::id).toArray()));
        statement.setArray(
                index + 1,
                connection.createArrayOf(
                        "int4", jobs.stream().map(RunningJob::turn).toArray()));
    }
}
