package dev.darkroom.jobs.death;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.RetryPolicy;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The row of a job that was under suspicion already when its process died. */
record SuspectRow(long id, int turn, int attempt, JobMarks marks, String type) {

    private static final String SUSPECTS = """
            SELECT j.id, j.turn, j.attempt, j.marks, j.type
            FROM jobs.job j JOIN unnest(?::bigint[], ?::integer[]) AS s(id, turn) ON j.id = s.id AND j.turn = s.turn
            WHERE j.marks & %d <> 0 ORDER BY j.id""".formatted(Mark.SUSPECT.bit());

    /** Stands in for the job's own record: here nobody reads its arguments. */
    private record Unread() implements Job {}

    static List<SuspectRow> among(Connection connection, List<RunningJob> jobs) throws SQLException {
        List<SuspectRow> suspects = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SUSPECTS)) {
            RunningJobs.set(select, 1, jobs);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    suspects.add(new SuspectRow(
                            rows.getLong(1),
                            rows.getInt(2),
                            rows.getInt(3),
                            JobMarks.ofBits(rows.getInt(4)),
                            rows.getString(5)));
                }
            }
        }
        return suspects;
    }

    /** As a run that failed and leaves no further attempt, whatever the policy of its type. */
    FinishedJob failed(String reason, RuntimeException cause) {
        JobType<Unread> standIn = JobType.named(type, Unread.class)
                .retry(RetryPolicy.DEFAULT.withAttempts(1))
                .build();
        return new FinishedJob(id, turn, attempt, marks, standIn, new Outcome.Retry(null, reason, cause));
    }
}
