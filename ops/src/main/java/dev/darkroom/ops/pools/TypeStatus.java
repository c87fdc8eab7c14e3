package dev.darkroom.ops.pools;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.jobs.probe.ProbeStatus;
import org.jspecify.annotations.Nullable;

/**
 * How one job type is doing, over all databases.
 *
 * @param depth jobs that are due and not done, those in flight included
 * @param later jobs that become due later: retries and delayed ones
 * @param inFlight jobs handed to the job server, as the relay last said
 * @param running jobs that workers are at, as the relay last said
 * @param oldestWaitSeconds how long the oldest due job has been due; 0 when there is none
 * @param done jobs finished since the ledger began
 * @param retried runs that ended in another attempt
 * @param failed jobs out of attempts that wait for a person
 * @param workers handler threads
 * @param paused whether a person has paused the type
 * @param worstLane the lane that is served worst, as the relay last said
 * @param probe null if the type was never probed
 * @param lately what was measured in the last minute
 */
public record TypeStatus(
        String type,
        long depth,
        long later,
        @JsonProperty("in_flight") long inFlight,
        long running,
        @JsonProperty("oldest_wait_seconds") double oldestWaitSeconds,
        long done,
        long retried,
        long failed,
        long workers,
        boolean paused,
        @JsonProperty("worst_lane") LaneStatus worstLane,
        @Nullable ProbeStatus probe,
        @JsonProperty("last_minute") Lately lately) {

    /** Of the same type in two databases; what was measured lately is added where it is exact. */
    TypeStatus plus(TypeStatus other) {
        return new TypeStatus(
                type,
                depth + other.depth,
                later + other.later,
                inFlight + other.inFlight,
                running + other.running,
                Math.max(oldestWaitSeconds, other.oldestWaitSeconds),
                done + other.done,
                retried + other.retried,
                failed + other.failed,
                // Every relay counts the same threads.
                Math.max(workers, other.workers),
                paused || other.paused,
                worstLane.orWorse(other.worstLane),
                worse(probe, other.probe),
                lately);
    }

    TypeStatus with(Lately measured) {
        return new TypeStatus(
                type,
                depth,
                later,
                inFlight,
                running,
                oldestWaitSeconds,
                done,
                retried,
                failed,
                workers,
                paused,
                worstLane,
                probe,
                measured);
    }

    private static @Nullable ProbeStatus worse(@Nullable ProbeStatus one, @Nullable ProbeStatus other) {
        return one == null || other == null ? (one == null ? other : one) : one.orWorse(other);
    }
}
