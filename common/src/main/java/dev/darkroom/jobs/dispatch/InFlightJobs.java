package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.ProbeLane;
import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The relay's memory of what it has handed to Gearman, of one job type: instead of a lease written per job, which would
 * cost two thirds of all throughput. Worthless to the next leader, who begins with an empty one. Used by one thread, but
 * for {@link #reportLost}.
 */
final class InFlightJobs {

    private final Long2ObjectMap<InFlight> byId = new Long2ObjectOpenHashMap<>();
    private final List<JobTurn> lost = new ArrayList<>();

    /** @param since when it was submitted or last seen alive, by {@link System#nanoTime} */
    record InFlight(int turn, LaneKey lane, long since) {}

    boolean holds(long id, int turn) {
        InFlight known = byId.get(id);
        return known != null && known.turn() == turn;
    }

    int size() {
        return byId.size();
    }

    void add(long id, int turn, LaneKey lane) {
        byId.put(id, new InFlight(turn, lane, System.nanoTime()));
    }

    /** A submission failed: called from any thread; takes effect with {@link #takeLost}. */
    void reportLost(long id, int turn) {
        synchronized (lost) {
            lost.add(new JobTurn(id, turn));
        }
    }

    List<JobTurn> takeLost() {
        synchronized (lost) {
            List<JobTurn> taken = List.copyOf(lost);
            lost.clear();
            return taken;
        }
    }

    @Nullable
    InFlight remove(long id) {
        return byId.remove(id);
    }

    /** Which are to be kept. */
    @FunctionalInterface
    interface Kept {

        boolean test(long id, InFlight job);
    }

    /** Forgets all that are not to be kept. */
    void keepOnly(Kept kept) {
        byId.long2ObjectEntrySet().removeIf(entry -> !kept.test(entry.getLongKey(), entry.getValue()));
    }

    /** Jobs not heard of for longer than a lease. */
    List<JobTurn> olderThan(long nanos) {
        long now = System.nanoTime();
        return byId.long2ObjectEntrySet().stream()
                .filter(entry -> now - entry.getValue().since() > nanos)
                .map(entry -> new JobTurn(entry.getLongKey(), entry.getValue().turn()))
                .toList();
    }

    void renew(Collection<JobTurn> jobs) {
        long now = System.nanoTime();
        jobs.forEach(
                job -> byId.computeIfPresent(job.id(), (id, known) -> new InFlight(known.turn(), known.lane(), now)));
    }

    /** Makes every job older than any lease, so that the next sweep asks after it. */
    void expireAll(long nanos) {
        long past = System.nanoTime() - nanos - 1;
        byId.replaceAll((id, known) -> new InFlight(known.turn(), known.lane(), past));
    }

    /** Those in lanes that are asked for. */
    Map<Long, InFlight> inLanes(Predicate<String> lanes) {
        Map<Long, InFlight> found = new HashMap<>();
        byId.forEach((id, job) -> {
            if (lanes.test(job.lane().lane())) {
                found.put(id, job);
            }
        });
        return found;
    }

    /** What is done with one that is in flight. */
    @FunctionalInterface
    interface Action {

        void accept(long id, LaneKey lane);
    }

    void forEach(Action action) {
        byId.long2ObjectEntrySet()
                .forEach(entry ->
                        action.accept(entry.getLongKey(), entry.getValue().lane()));
    }

    /** How many of each lane; those without a lane and probes are not counted. */
    Map<String, Integer> byLane() {
        Map<String, Integer> counts = new HashMap<>();
        for (InFlight job : byId.values()) {
            String lane = job.lane().lane();
            if (!lane.isEmpty() && !lane.equals(ProbeLane.NAME)) {
                counts.merge(lane, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Those that have any in flight. */
    Set<LaneKey> lanes() {
        return byId.values().stream().map(InFlight::lane).collect(Collectors.toSet());
    }
}
