package dev.darkroom.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.CompletionWrite;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.Outcome.Done;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.util.List;
import java.util.stream.Stream;

/** Runs of handlers in tests: what the platform would tell them, and what it would do with their outcome. */
public final class Outcomes {

    public static final JobContext FIRST_RUN = new JobContext(new JobId(1), 0, 0);
    public static final JobContext SECOND_RUN = new JobContext(new JobId(1), 1, 1);

    private Outcomes() {}

    /** Commits what a finished job writes, on the database of a shard, and gives its follow-ups, those in flows too. */
    public static List<Job> complete(Shards shards, ShardId shard, Outcome outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        Done done = (Done) outcome;
        shards.databaseOf(shard).ledger().inTransaction(transaction -> {
            for (CompletionWrite write : done.writes()) {
                write.write(transaction);
            }
            return done;
        });
        return Stream.concat(done.followUps().stream(), done.flows().stream().flatMap(flow -> flow.jobs().stream()))
                .map(NewJob::job)
                .toList();
    }
}
