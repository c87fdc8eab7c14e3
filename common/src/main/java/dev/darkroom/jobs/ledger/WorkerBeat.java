package dev.darkroom.jobs.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a worker process says of itself.
 *
 * @param state {@code running} or {@code quiet}
 * @param started the jobs that it has begun and not yet settled, of this database, by id
 * @param stalled for how long it has had jobs over their time and has finished none; zero while all is well
 * @param counts what it has done since its start, by type; a type it serves is there even with zeros
 * @param lastMinute what of that in the last minute, by type
 */
public record WorkerBeat(
        WorkerSelf self,
        String state,
        List<StartedRun> started,
        Duration stalled,
        Map<String, RunCounts> counts,
        Map<String, RecentRuns> lastMinute) {

    /** Whether another beat would tell the ledger the same, but for what of the last minute is a little older. */
    public boolean saysTheSameAs(WorkerBeat other) {
        return state.equals(other.state)
                && started.equals(other.started)
                && stalled.isZero()
                && other.stalled.isZero()
                && counts.equals(other.counts);
    }
}
