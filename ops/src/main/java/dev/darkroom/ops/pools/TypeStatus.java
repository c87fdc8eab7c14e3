package dev.darkroom.ops.pools;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How one job type is doing, over all databases.
 *
 * @param depth jobs that are due and not done, those in flight included
 * @param later jobs that become due later: retries and delayed ones
 * @param inFlight jobs handed to the job server, as the relay last said
 * @param running jobs that workers are at, as the relay last said
 * @param oldestWaitSeconds how long the oldest due job has been due; 0 when there is none
 * @param throughput jobs done a second lately, as the relay last said
 * @param done jobs finished since the ledger began
 * @param retried runs that ended in another attempt
 * @param failed jobs out of attempts that wait for a person
 * @param workers handler threads
 * @param paused whether a person has paused the type
 */
public record TypeStatus(
        String type,
        long depth,
        long later,
        @JsonProperty("in_flight") long inFlight,
        long running,
        @JsonProperty("oldest_wait_seconds") double oldestWaitSeconds,
        double throughput,
        long done,
        long retried,
        long failed,
        long workers,
        boolean paused) {

    /** Of the same type in two databases. */
    TypeStatus plus(TypeStatus other) {
        return new TypeStatus(
                type,
                depth + other.depth,
                later + other.later,
                inFlight + other.inFlight,
                running + other.running,
                Math.max(oldestWaitSeconds, other.oldestWaitSeconds),
                throughput + other.throughput,
                done + other.done,
                retried + other.retried,
                failed + other.failed,
                // Every relay counts the same threads.
                Math.max(workers, other.workers),
                paused || other.paused);
    }
}
