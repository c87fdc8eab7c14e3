package dev.darkroom.jobs.watch.lanes;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is counted in one slice of time: of {@value #MOST} lanes each for itself, of all others together. A lane that finds no
 * place is weighed in a small table, with those that share its cell; when it outweighs the lightest of those that have one, it
 * takes that place, and what was counted of the lightest goes to the others. So the busy lanes, and those that fail, are found
 * among any number, and nothing is counted twice or lost. Not thread-safe.
 */
final class LaneSlice {

    static final int MOST = 64;

    /** A power of two. */
    private static final int CELLS = 512;

    private final Map<String, LaneTally> lanes = new HashMap<>();
    private final LaneTally others = new LaneTally();
    /** Of lanes without a place; null until there are any. */
    private long @Nullable [] cells;
    /** No lane that has a place is lighter. */
    private long lightest;

    /**
     * Where a run of the lane is counted.
     *
     * @param weight how much the run adds to what the lane is worth watching
     */
    LaneTally of(String lane, int weight) {
        LaneTally known = lanes.get(lane);
        if (known == null) {
            known = lanes.size() < MOST ? place(lane, new LaneTally()) : newcomer(lane, weight);
        }
        known.weigh(weight);
        return known;
    }

    private LaneTally place(String lane, LaneTally tally) {
        lanes.put(lane, tally);
        return tally;
    }

    private LaneTally newcomer(String lane, int weight) {
        if (cells == null) {
            cells = new long[CELLS];
        }
        int hash = lane.hashCode() * 0x9E3779B9;
        int cell = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(CELLS));
        cells[cell] += weight;
        if (cells[cell] <= lightest) {
            return others;
        }
        Map.Entry<String, LaneTally> least = lanes.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().weight()))
                .orElseThrow();
        lightest = least.getValue().weight();
        if (cells[cell] <= lightest) {
            return others;
        }
        LaneTally freed = least.getValue();
        lanes.remove(least.getKey());
        others.add(freed);
        freed.clear();
        // It comes in as heavy as it looked, so that lanes of a single run each do not take turns.
        freed.weigh(cells[cell] - weight);
        cells[cell] = 0;
        return place(lane, freed);
    }

    /** Adds what was counted to the sums by lane, and to that of the others. */
    void addTo(Map<String, LaneTally> sums, LaneTally sumOfOthers) {
        lanes.forEach((lane, tally) ->
                sums.computeIfAbsent(lane, name -> new LaneTally()).add(tally));
        sumOfOthers.add(others);
    }

    /** Of its counts. */
    int bytes() {
        return Stream.concat(lanes.values().stream(), Stream.of(others))
                .mapToInt(LaneTally::bytes)
                .sum();
    }
}
