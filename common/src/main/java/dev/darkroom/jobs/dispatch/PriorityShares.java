package dev.darkroom.jobs.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What each priority is owed of what goes out: a twentieth, however little there is room for at a time. Used by one thread.
 */
final class PriorityShares {

    private static final double LEAST = 1.0 / 20;

    /** What was missed during a long rest is not all made up for. */
    private static final double MOST_OWED = 500;

    private final Map<Short, Double> owed = new HashMap<>();

    /** How many jobs of the priority go before more urgent ones now. */
    int due(short priority) {
        return (int) Math.floor(owed.getOrDefault(priority, 0.0));
    }

    void took(short priority, int count) {
        owed.merge(priority, 0.0, (old, none) -> Math.max(0, old - count));
    }

    /** @param waiting priorities that had rows waiting meanwhile */
    void wentOut(Collection<Short> waiting, int count) {
        owed.keySet().retainAll(waiting);
        if (count > 0 && waiting.size() > 1) {
            waiting.forEach(priority ->
                    owed.put(priority, Math.min(MOST_OWED, owed.getOrDefault(priority, 0.0) + count * LEAST)));
        }
    }
}
