package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs of one function and the connections that can do it. Lives on the server's event loop. */
final class FunctionQueue {

    final Name name;

    /** Jobs with a unique key that wait or run. */
    final Map<String, Job> unique = new HashMap<>();

    /** Connections that announced the function, in the order in which they did. */
    final Set<ServerConnection> workers = new LinkedHashSet<>();

    /** How many jobs there may be when one of this priority is submitted; absent for no limit. */
    final Map<Priority, Integer> limits = new EnumMap<>(Priority.class);

    /** Jobs that wait, run, or are not due yet. */
    int total;

    int running;

    private final Map<Priority, Deque<Job>> waiting = new EnumMap<>(Priority.class);

    FunctionQueue(Name name) {
        this.name = name;
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new ArrayDeque<>());
        }
    }

    void add(Job job) {
        jobs(job.priority).add(job);
    }

    /** The next job of this priority, left in its place, or null. */
    @Nullable
    Job peek(Priority priority) {
        Deque<Job> jobs = jobs(priority);
        Job first = jobs.peek();
        while (first != null && first.gone) {
            jobs.remove();
            first = jobs.peek();
        }
        return first;
    }

    /** Takes what {@link #peek} showed. */
    void remove(Priority priority) {
        jobs(priority).remove();
    }

    int waiting(Priority priority) {
        return (int) jobs(priority).stream().filter(job -> !job.gone).count();
    }

    boolean isIdle() {
        return total == 0 && workers.isEmpty() && limits.isEmpty();
    }

    private Deque<Job> jobs(Priority priority) {
        Deque<Job> jobs = waiting.get(priority);
        if (jobs == null) {
            throw new IllegalStateException("No queue for " + priority);
        }
        return jobs;
    }
}
