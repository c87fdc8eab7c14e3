package dev.darkroom.ops.killtest;

import dev.darkroom.ops.killtest.sabotage.Sabotage;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of a kill test.
 *
 * @param time how long jobs are produced and parts killed; empty: until there were enough of both
 * @param jobs to be committed at least
 * @param kills {@code kill -9}s at least; half as many stops come with them
 * @param seed of all that is random
 */
record KillTestOptions(Optional<Duration> time, long jobs, int kills, long seed, Sabotage sabotage) {

    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(3);

    /** Kills have to be done somewhat before the time is over. */
    private static final double MARGIN = 0.85;

    /** Between two kills, on average. */
    Duration interval() {
        return time.map(all -> Duration.ofNanos((long) (all.toNanos() * MARGIN / Math.max(1, kills))))
                .orElse(USUAL_INTERVAL);
    }
}
