package dev.darkroom.ops.pools;

import org.jspecify.annotations.Nullable;

/**
 * A job that a worker is at, as its last heartbeat said.
 *
 * @param type null if the job has ended since
 * @param seconds since it began
 */
public record CurrentJob(long id, @Nullable String type, double seconds) {}
