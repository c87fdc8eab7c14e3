package dev.darkroom.jobs.schedule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The schedules that a program has, by name, and the names of those it no longer has. Immutable. */
public final class Schedules {

    private final Map<String, Schedule> byName;
    private final Set<String> retired;

    private Schedules(Map<String, Schedule> byName, Set<String> retired) {
        this.byName = byName;
        this.retired = retired;
        retired.stream().filter(byName::containsKey).findFirst().ifPresent(name -> {
            throw new ScheduleException("The schedule " + name + " cannot be there and be retired");
        });
    }

    /** @throws ScheduleException if two have the same name */
    public static Schedules of(Schedule... schedules) {
        Map<String, Schedule> byName = new LinkedHashMap<>();
        for (Schedule schedule : schedules) {
            if (byName.putIfAbsent(schedule.name(), schedule) != null) {
                throw new ScheduleException("Two schedules have the name " + schedule.name());
            }
        }
        return new Schedules(byName, Set.of());
    }

    /**
     * With names that no longer mean anything: their rows are removed. A schedule that is only left out of the code stays
     * in the table, since the process that leaves it out may simply be the older one.
     */
    public Schedules retired(String... names) {
        Set<String> all = new TreeSet<>(retired);
        all.addAll(List.of(names));
        return new Schedules(byName, all);
    }

    Collection<Schedule> all() {
        return byName.values();
    }

    Set<String> names() {
        return byName.keySet();
    }

    Set<String> retired() {
        return retired;
    }

    @Nullable
    Schedule named(String name) {
        return byName.get(name);
    }
}
