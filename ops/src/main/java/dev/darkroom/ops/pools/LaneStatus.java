package dev.darkroom.ops.pools;

import org.jspecify.annotations.Nullable;

/**
 * The lane of a type that is served worst.
 *
 * @param lane null if nothing waits, or the relay does not know which it is
 * @param seconds how long its next job has been due; 0 if nothing waits
 */
public record LaneStatus(@Nullable String lane, double seconds) {

    static final LaneStatus NONE = new LaneStatus(null, 0);

    LaneStatus orWorse(LaneStatus other) {
        return other.seconds > seconds ? other : this;
    }
}
