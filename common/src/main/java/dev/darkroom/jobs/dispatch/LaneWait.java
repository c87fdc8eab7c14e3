package dev.darkroom.jobs.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * How long, in seconds, the oldest job of a lane that has not been handed out has been due.
 *
 * @param lane null if none waits, or if it waits behind the place where its lane was left
 */
record LaneWait(@Nullable String lane, double seconds) {

    static final LaneWait NONE = new LaneWait(null, 0);

    LaneWait orLonger(LaneWait other) {
        return other.seconds > seconds ? other : this;
    }
}
