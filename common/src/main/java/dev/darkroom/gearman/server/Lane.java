package dev.darkroom.gearman.server;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The waiting jobs of one function and priority, in the order in which they came. A job that is not due yet keeps its
 * place, as in gearmand, but lies apart so that nobody has to step over it. Lives on the server's event loop.
 */
final class Lane {

    private final Deque<Job> now = new ArrayDeque<>(4);

    /** Was not due when it came, but is now; by its place. Null until there is one. */
    private @Nullable Queue<Job> due;

    /** By the time when it is due. Null until there is one. */
    private @Nullable Queue<Job> later;

    private long places;

    void add(Job job, long nowSeconds) {
        job.place = ++places;
        if (job.dueSeconds <= nowSeconds) {
            now.add(job);
            return;
        }
        if (later == null || due == null) {
            later = new PriorityQueue<>(Comparator.comparingLong(waiting -> waiting.dueSeconds));
            due = new PriorityQueue<>(Comparator.comparingLong(waiting -> waiting.place));
        }
        later.add(job);
    }

    /** The first job that is due, left in its place, or null. */
    @Nullable
    Job peek(long nowSeconds) {
        Job first = now.peek();
        if (later == null || due == null) {
            return first;
        }
        for (Job next = later.peek(); next != null && next.dueSeconds <= nowSeconds; next = later.peek()) {
            later.remove();
            due.add(next);
        }
        Job late = due.peek();
        return first == null || (late != null && late.place < first.place) ? late : first;
    }

    /** Takes what {@link #peek} has just shown. */
    void remove(Job first) {
        if (now.peek() == first) {
            now.remove();
        } else if (due != null) {
            due.remove();
        }
    }

    /** Jobs that wait, also those that are not due. */
    int size() {
        return now.size() + (due == null ? 0 : due.size()) + (later == null ? 0 : later.size());
    }
}
