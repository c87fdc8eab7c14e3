package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.ProbeLane;
import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.ObjectIterator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The relay's memory of what it has handed to Gearman, of one job type: instead of a lease written per job, which would
 * cost two thirds of all throughput. Worthless to the next leader, who begins with an empty one. Used by one thread, but
 * for {@link #reportLost}.
 */
final class InFlightJobs {

    private final Long2ObjectMap<InFlight> byId = new Long2ObjectOpenHashMap<>();
    private final Map<LaneKey, LaneLoad> byLane = new HashMap<>();
    private final List<JobTurn> lost = new ArrayList<>();

    /** @param since when it was submitted or last seen alive, by {@link System#nanoTime} */
    record InFlight(int turn, LaneKey lane, long since) {}

    /** What is in flight of one lane. */
    static final class LaneLoad {

        private int jobs;
        private long highestId;

        int jobs() {
            return jobs;
        }

        /** No job that is in flight has a higher one. */
        long highestId() {
            return highestId;
        }
    }

    boolean holds(long id, int turn) {
        InFlight known = byId.get(id);
        return known != null && known.turn() == turn;
    }

    /** Whether any turn of it is. */
    boolean contains(long id) {
        return byId.containsKey(id);
    }

    int size() {
        return byId.size();
    }

    void add(long id, int turn, LaneKey lane) {
        InFlight before = byId.put(id, new InFlight(turn, lane, System.nanoTime()));
        if (before != null) {
            left(before.lane());
        }
        LaneLoad load = byLane.computeIfAbsent(lane, key -> new LaneLoad());
        load.jobs++;
        load.highestId = Math.max(load.highestId, id);
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
        InFlight known = byId.remove(id);
        if (known != null) {
            left(known.lane());
        }
        return known;
    }

    private void left(LaneKey lane) {
        byLane.computeIfPresent(lane, (key, load) -> --load.jobs == 0 ? null : load);
    }

    /** Which are to be kept. */
    @FunctionalInterface
    interface Kept {

        boolean test(long id, InFlight job);
    }

    /** Forgets all that are not to be kept, and returns those of the others that were not heard of for longer than a lease. */
    List<JobTurn> keepOnly(Kept kept, long leaseNanos) {
        long now = System.nanoTime();
        List<JobTurn> old = new ArrayList<>();
        ObjectIterator<Long2ObjectMap.Entry<InFlight>> jobs =
                byId.long2ObjectEntrySet().iterator();
        while (jobs.hasNext()) {
            Long2ObjectMap.Entry<InFlight> job = jobs.next();
            long id = job.getLongKey();
            InFlight known = job.getValue();
            if (!kept.test(id, known)) {
                jobs.remove();
                left(known.lane());
            } else if (now - known.since() > leaseNanos) {
                old.add(new JobTurn(id, known.turn()));
            }
        }
        return old;
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

    /** How many of each lane, of all priorities; those without a lane and probes are not counted. */
    Map<String, Integer> byLane() {
        Map<String, Integer> counts = new HashMap<>();
        byLane.forEach((lane, load) -> {
            if (!lane.lane().isEmpty() && !lane.lane().equals(ProbeLane.NAME)) {
                counts.merge(lane.lane(), load.jobs, Integer::sum);
            }
        });
        return counts;
    }

    /** Those that have any in flight. Not a copy. */
    Map<LaneKey, LaneLoad> lanes() {
        return byLane;
    }
}
