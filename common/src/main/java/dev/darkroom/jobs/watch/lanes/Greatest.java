package dev.darkroom.jobs.watch.lanes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Picks some of very many. */
public final class Greatest {

    private Greatest() {}

    /** The {@code most} greatest, the greatest first; of equal ones any. */
    public static <T> List<T> of(Iterable<? extends T> all, int most, Comparator<? super T> order) {
        PriorityQueue<T> kept = new PriorityQueue<>(most + 1, order);
        for (T one : all) {
            if (kept.size() < most) {
                kept.add(one);
            } else if (order.compare(one, kept.element()) > 0) {
                kept.remove();
                kept.add(one);
            }
        }
        List<T> greatest = new ArrayList<>(kept);
        greatest.sort(order.reversed());
        return greatest;
    }
}
