package dev.darkroom.jobs.death;

import dev.darkroom.jobs.ledger.WorkerSelf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker process that ended without a word.
 *
 * @param running the jobs that ran in it
 * @param ending how it ended, as far as known, such as {@code killed by signal 9}
 * @param killedBy who of our own ended it and why; null for a death of its own, of which its jobs are suspected
 * @param evidence what it left behind, as text; empty for nothing
 * @param certain whether the process is surely gone; else it may come back, and its row waits for it
 */
public record DeadWorker(
        WorkerSelf self,
        List<RunningJob> running,
        String ending,
        @Nullable String killedBy,
        String evidence,
        boolean certain) {

    public DeadWorker {
        running = List.copyOf(running);
    }
}
