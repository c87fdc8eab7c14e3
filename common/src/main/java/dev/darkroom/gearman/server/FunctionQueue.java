package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs of one function. Lives on the server's event loop. */
final class FunctionQueue {

    private static final Priority[] PRIORITIES = Priority.values();

    /** The key that stands for the payload, in gearmand: jobs with it are the same if their payloads are. */
    private static final String BY_PAYLOAD = "-";

    final Name name;

    /** Connections that announced the function, sleep, and were not woken since. */
    final Set<ServerConnection> sleepers = new LinkedHashSet<>(4);

    /** How many jobs there may be when one of this priority is submitted; absent for no limit. */
    final Map<Priority, Integer> limits = new EnumMap<>(Priority.class);

    /** Jobs that wait, run, or are not due yet. */
    int total;

    int running;

    /** How often connections announced it, each time counted. */
    int workers;

    private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);
    private final Map<String, Job> byKey = new HashMap<>(4);
    private final Map<Payload, Job> byPayload = new HashMap<>(4);

    FunctionQueue(Name name) {
        this.name = name;
        for (Priority priority : PRIORITIES) {
            lanes.put(priority, new Lane());
        }
    }

    /** The job that one with this key and payload would be, or null. */
    @Nullable
    Job same(Name unique, byte[] payload) {
        if (!hasIdentity(unique, payload)) {
            return null;
        }
        return unique.text().equals(BY_PAYLOAD) ? byPayload.get(new Payload(payload)) : byKey.get(unique.text());
    }

    void enter(Job job) {
        total++;
        if (hasIdentity(job.unique, job.payload())) {
            if (job.unique.text().equals(BY_PAYLOAD)) {
                byPayload.put(new Payload(job.payload()), job);
            } else {
                byKey.put(job.unique.text(), job);
            }
        }
    }

    void leave(Job job) {
        total--;
        if (hasIdentity(job.unique, job.payload())) {
            if (job.unique.text().equals(BY_PAYLOAD)) {
                byPayload.remove(new Payload(job.payload()), job);
            } else {
                byKey.remove(job.unique.text(), job);
            }
        }
    }

    void add(Job job, long nowSeconds) {
        lane(job.priority).add(job, nowSeconds);
    }

    /**
     * Takes the next job, or null. As in gearmand only the highest priority that has jobs at all is looked at: one that
     * is not due yet holds up those of lower priority.
     */
    @Nullable
    Job take(long nowSeconds) {
        for (Priority priority : PRIORITIES) {
            Lane lane = lane(priority);
            if (lane.size() > 0) {
                Job job = lane.peek(nowSeconds);
                if (job != null) {
                    lane.remove(job);
                }
                return job;
            }
        }
        return null;
    }

    /** The first due job of a priority, left in its place, or null. */
    @Nullable
    Job peek(Priority priority, long nowSeconds) {
        return lane(priority).peek(nowSeconds);
    }

    void remove(Job peeked) {
        lane(peeked.priority).remove(peeked);
    }

    int waiting(Priority priority) {
        return lane(priority).size();
    }

    boolean isIdle() {
        return total == 0 && workers == 0 && limits.isEmpty();
    }

    /** Longer than gearmand keeps them they are never found again, and {@code -} without a payload is no key. */
    private static boolean hasIdentity(Name unique, byte[] payload) {
        return !unique.isEmpty()
                && unique.bytes().length <= Job.KEPT_KEY_SIZE
                && (payload.length > 0 || !unique.text().equals(BY_PAYLOAD));
    }

    private Lane lane(Priority priority) {
        Lane lane = lanes.get(priority);
        if (lane == null) {
            throw new IllegalStateException("No lane for " + priority);
        }
        return lane;
    }

    /** Bytes as a key; ordered, so that payloads made to have one hash code are still found quickly. */
    @SuppressWarnings("ArrayRecordComponent") // Equality by content is given below.
    private record Payload(byte[] bytes) implements Comparable<Payload> {

        @Override
        public boolean equals(Object other) {
            return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public int compareTo(Payload other) {
            return Arrays.compare(bytes, other.bytes);
        }
    }
}
