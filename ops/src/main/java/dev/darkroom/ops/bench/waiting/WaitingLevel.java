package dev.darkroom.ops.bench.waiting;

import dev.darkroom.ops.bench.measure.JobCost;
import dev.darkroom.ops.bench.process.CommitProcess;
import java.util.Map;

/**
 * What {@code bench waiting} measured with so many jobs waiting.
 *
 * @param fillRate jobs a second by COPY
 * @param enqueue one job a transaction, with no worker running
 * @param lost rows that should be left and are not; below zero if there are more
 */
record WaitingLevel(
        long waiting, double fillRate, CommitProcess.Round enqueue, Dispatch dispatch, Probes probes, long lost) {

    /**
     * While relay and workers run.
     *
     * @param rate jobs done a second
     * @param memory mebibytes (PSS) at the end, by the name of the part
     * @param mostHeld jobs that the job server held at most
     */
    record Dispatch(double rate, JobCost cost, Map<String, Long> memory, long mostHeld) {}

    /** How many milliseconds single jobs of a lane of their own took from their commit until they were done. */
    record Probes(double median, double most) {}
}
