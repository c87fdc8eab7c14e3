package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.watch.lanes.Greatest;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds, of the lanes of one type, those that are told of: the {@value #OF_EACH} that wait longest and the {@value #OF_EACH}
 * with most in flight. Used by one thread.
 */
final class TopLanes {

    private static final int OF_EACH = LaneHandOut.MOST / 2;

    private final String type;
    private final Map<Short, WorstLanes> worst = new TreeMap<>();

    TopLanes(String type) {
        this.type = type;
    }

    /**
     * Looks into some lanes at a time.
     *
     * @param waiting the priorities of which rows may wait
     * @param heldBack lanes that wait for another reason
     */
    LaneReport look(
            Connection connection, Collection<LaneRotation> waiting, InFlightJobs inFlight, Set<String> heldBack)
            throws SQLException {
        List<LaneWait> waits = new ArrayList<>();
        for (LaneRotation rotation : waiting) {
            waits.addAll(worst.computeIfAbsent(rotation.priority(), priority -> new WorstLanes(type, rotation))
                    .look(connection, heldBack));
        }
        List<LaneWait> longest = LaneWait.longest(waits);
        return new LaneReport(longest.isEmpty() ? LaneWait.NONE : longest.get(0), told(longest, inFlight.byLane()));
    }

    /** Jobs without a lane are counted with their type only. */
    private static List<LaneHandOut> told(List<LaneWait> longest, Map<String, Integer> inFlight) {
        Map<String, @Nullable Double> told = new LinkedHashMap<>();
        for (LaneWait wait : longest) {
            if (wait.lane() != null && !wait.lane().isEmpty() && told.size() < OF_EACH) {
                told.put(wait.lane(), wait.seconds());
            }
        }
        Greatest.of(inFlight.entrySet(), OF_EACH, Map.Entry.comparingByValue())
                .forEach(lane -> told.putIfAbsent(lane.getKey(), null));
        List<LaneHandOut> lanes = new ArrayList<>();
        told.forEach((lane, seconds) -> lanes.add(new LaneHandOut(lane, seconds, inFlight.getOrDefault(lane, 0))));
        return lanes;
    }
}
