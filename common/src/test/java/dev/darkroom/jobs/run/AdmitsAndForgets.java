package dev.darkroom.jobs.run;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.ledger.CommittedJob;
import dev.darkroom.jobs.ledger.DirectSubmission;
import java.sql.Connection;
import java.util.List;

/** An enqueuer that dies between its commit and the submission. */
final class AdmitsAndForgets implements DirectSubmission {

    @Override
    public boolean admits(Connection connection, JobType<?> type, int count) {
        return true;
    }

    @Override
    public void submit(List<CommittedJob> jobs) {}
}
