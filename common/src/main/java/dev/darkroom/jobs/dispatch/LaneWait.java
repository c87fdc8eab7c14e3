package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.watch.lanes.Greatest;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long, in seconds, the oldest job of a lane that has not been handed out has been due.
 *
 * @param lane null if none waits, or if it waits behind the place where its lane was left
 */
record LaneWait(@Nullable String lane, double seconds) {

    static final LaneWait NONE = new LaneWait(null, 0);

    /** Those that are told of, and the one of jobs without a lane, which is not. */
    static final int MOST = LaneHandOut.MOST / 2 + 1;

    LaneWait orLonger(LaneWait other) {
        return other.seconds > seconds ? other : this;
    }

    /** The {@value #MOST} longest of all, each lane once, the longest first. */
    @SafeVarargs
    static List<LaneWait> longest(Collection<LaneWait>... waits) {
        Map<@Nullable String, LaneWait> byLane = new HashMap<>();
        for (Collection<LaneWait> some : waits) {
            some.forEach(wait -> byLane.merge(wait.lane, wait, LaneWait::orLonger));
        }
        return Greatest.of(byLane.values(), MOST, Comparator.comparingDouble(LaneWait::seconds));
    }
}
