package dev.darkroom.jobs.watch;

import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the relay of a database knows of one job type.
 *
 * @param inFlight jobs that the job servers hold, of all databases
 * @param running jobs that workers are at, of all databases
 * @param threads handler threads
 * @param window how many jobs the job servers should hold
 * @param drainRate jobs that they hand out a second
 * @param worstLaneSeconds how long the next job has been due of the lane that is served worst; 0 if none waits
 * @param worstLane that lane; null if it is not known
 * @param lanes those that wait longest and those with most in flight, at most {@link LaneHandOut#MOST}
 */
public record HandOut(
        String type,
        long inFlight,
        long running,
        int threads,
        int window,
        double drainRate,
        double worstLaneSeconds,
        @Nullable String worstLane,
        List<LaneHandOut> lanes) {

    static HandOut nothingOf(String type) {
        return new HandOut(type, 0, 0, 0, 0, 0, 0, null, List.of());
    }
}
