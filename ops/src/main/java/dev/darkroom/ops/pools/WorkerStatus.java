package dev.darkroom.ops.pools;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One worker process, as its last heartbeats said.
 *
 * @param state {@code running}, {@code quiet}, or {@code silent} if its last heartbeats are missing
 * @param alone whether it does only jobs under suspicion
 * @param types what it does
 * @param jobs those it has begun, the oldest first
 * @param beatSecondsAgo its last heartbeat
 * @param lastMinute what it did in the last minute, by type
 * @param stalledSeconds for how long all its threads have been at jobs over their time
 */
public record WorkerStatus(
        @JsonProperty("id") UUID id,
        String name,
        String host,
        long pid,
        String state,
        boolean alone,
        List<String> types,
        int threads,
        List<CurrentJob> jobs,
        @JsonProperty("beat_seconds_ago") double beatSecondsAgo,
        @JsonProperty("stalled_seconds") double stalledSeconds,
        @JsonProperty("last_minute") Map<String, Lately> lastMinute) {

    /** The same process in another database: there it has begun other jobs. */
    WorkerStatus plus(WorkerStatus other) {
        return new WorkerStatus(
                id,
                name,
                host,
                pid,
                state.equals("silent") ? state : other.state,
                alone,
                types,
                threads,
                Stream.concat(jobs.stream(), other.jobs.stream()).toList(),
                Math.max(beatSecondsAgo, other.beatSecondsAgo),
                Math.max(stalledSeconds, other.stalledSeconds),
                lastMinute);
    }

    WorkerStatus with(Map<String, Lately> measured) {
        return new WorkerStatus(
                id, name, host, pid, state, alone, types, threads, jobs, beatSecondsAgo, stalledSeconds, measured);
    }
}
