package dev.darkroom.jobs.replay;

import org.jspecify.annotations.Nullable;

/**
 * What became of one job in a replay.
 *
 * @param cause the fingerprint it had failed with
 * @param attempts it had had before
 * @param state waiting, done, failed, discarded or superseded
 * @param fingerprint of what it failed with again
 */
public record ReplayedJob(
        long replay,
        long job,
        String type,
        String cause,
        int attempts,
        boolean canary,
        String state,
        @Nullable String fingerprint) {}
