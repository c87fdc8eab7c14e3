package dev.darkroom.jobs.ledger;

import java.util.Map;
import java.util.UUID;

/**
 * What a worker process says of itself.
 *
 * @param id made anew by every process
 * @param state {@code running} or {@code quiet}
 * @param started ids of the jobs that it has begun and not yet settled, of this database
 * @param counts what it has done since its start, by type; a type it serves is there even with zeros
 */
public record WorkerBeat(
        UUID id, String host, long pid, String state, int threads, long[] started, Map<String, RunCounts> counts) {}
