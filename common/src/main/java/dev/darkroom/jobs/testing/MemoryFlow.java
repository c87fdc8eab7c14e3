package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.FlowFollowUp;
import dev.darkroom.jobs.testing.KitRun.Result;
import org.jspecify.annotations.Nullable;

/** A flow of the ledger in memory, with what has become of its jobs so far. */
record MemoryFlow(@Nullable FlowFollowUp followUp, FlowCounts counts) {

    MemoryFlow plus(Result end) {
        return new MemoryFlow(
                followUp,
                new FlowCounts(
                        counts.jobs(),
                        counts.done() + (end == Result.DONE ? 1 : 0),
                        counts.discarded() + (end == Result.DISCARDED ? 1 : 0),
                        counts.failed() + (end == Result.FAILED ? 1 : 0)));
    }

    boolean hasEnded() {
        return counts.ended() == counts.jobs();
    }
}
