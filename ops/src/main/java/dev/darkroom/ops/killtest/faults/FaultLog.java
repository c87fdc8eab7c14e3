package dev.darkroom.ops.killtest.faults;

import dev.darkroom.ops.killtest.parts.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All that was done to the parts, and what they did that nobody had asked for. Thread-safe. */
public final class FaultLog {

    private final List<Fault> faults = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private final Map<Role, Integer> kills = new EnumMap<>(Role.class);
    private final Map<Role, Integer> stops = new EnumMap<>(Role.class);

    /** As soon as it is done, so that it counts. */
    synchronized void begun(Fault.Type type, Role role) {
        (type == Fault.Type.KILL ? kills : stops).merge(role, 1, Integer::sum);
    }

    /** When the part is there again. */
    synchronized void ended(Fault fault) {
        faults.add(fault);
    }

    synchronized void surprise(String what) {
        surprises.add(what);
    }

    public synchronized int kills() {
        return sum(kills);
    }

    public synchronized int stops() {
        return sum(stops);
    }

    public synchronized List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Parts that ended or could not be started though nobody had killed them. */
    public synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }

    public synchronized int kills(Role role) {
        return kills.getOrDefault(role, 0);
    }

    public synchronized int stops(Role role) {
        return stops.getOrDefault(role, 0);
    }

    private static int sum(Map<Role, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
