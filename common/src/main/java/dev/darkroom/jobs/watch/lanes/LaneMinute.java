package dev.darkroom.jobs.watch.lanes;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.watch.times.Times;

/**
 * What one or several worker processes did of one lane of a job type in the last minute.
 *
 * @param donePerSecond jobs done
 * @param counts how many runs ended how
 * @param waits how long jobs had been due when their runs began, of some of the runs that ended done or discarded; right
 *     to an eighth
 * @param runs how long handlers took, likewise
 */
public record LaneMinute(double donePerSecond, RunCounts counts, Times waits, Times runs) {

    public static final LaneMinute NOTHING = new LaneMinute(0, RunCounts.ZERO, Times.NONE, Times.NONE);

    /** Of other processes, or in another database. */
    LaneMinute plus(LaneMinute other) {
        return new LaneMinute(
                donePerSecond + other.donePerSecond,
                counts.plus(other.counts),
                waits.plus(other.waits),
                runs.plus(other.runs));
    }

    /** Runs that did not get through. */
    long failures() {
        return counts.retried() + counts.failed();
    }

    public boolean isNothing() {
        return counts.ended() == 0 && waits.isEmpty();
    }
}
