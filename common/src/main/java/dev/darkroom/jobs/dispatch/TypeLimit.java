package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.limit.Claim;
import dev.darkroom.jobs.limit.SharedPermits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The limits of one type in the relay of one database: what this relay holds of them, and what it may hand out. Lanes are
 * asked for first, so that a lane at its limit takes nothing of the type's. Used by one thread.
 */
final class TypeLimit {

    private final String type;
    private final JobLimits limits;
    private final SharedPermits permits;
    private final String relay;
    private Map<String, Integer> heldByLane = new HashMap<>();
    private long heldByOthers;

    TypeLimit(String type, JobLimits limits, SharedPermits permits, String relay) {
        this.type = type;
        this.limits = limits;
        this.permits = permits;
        this.relay = relay;
    }

    JobLimits limits() {
        return limits;
    }

    /**
     * Takes note of what is out, and lets the other relays know.
     *
     * @param still jobs in flight by lane
     * @param inServers jobs of the type that the job servers hold, of all databases and of this relay's predecessor
     */
    void hold(Map<String, Integer> still, long inServers) {
        heldByOthers = Math.max(0, inServers - held(still));
        if (!still.equals(heldByLane)) {
            Set<String> lanes = new TreeSet<>(heldByLane.keySet());
            lanes.addAll(still.keySet());
            heldByLane = new HashMap<>(still);
            sayWhatIsHeld(lanes);
        }
    }

    /** So that it does not run out. */
    void sayWhatIsHeld() {
        sayWhatIsHeld(heldByLane.keySet());
    }

    /** @param lanes also those of which nothing is held any more: else they would seem full until that runs out */
    private void sayWhatIsHeld(Set<String> lanes) {
        List<Claim> held = new ArrayList<>();
        Integer ofType = limits.concurrency();
        if (ofType != null) {
            held.add(jobsOfType(ofType, 0));
        }
        Integer ofLanes = limits.laneConcurrency();
        if (ofLanes != null) {
            int most = ofLanes;
            lanes.forEach(lane -> held.add(jobsOfLane(most, lane, 0)));
        }
        if (!held.isEmpty()) {
            permits.claim(relay, held);
        }
    }

    /** No more than so many can be admitted now, whatever the other relays hold. */
    int most() {
        long most = Integer.MAX_VALUE;
        Integer concurrency = limits.concurrency();
        if (concurrency != null) {
            most = Math.max(0, concurrency - heldByOthers - held(heldByLane));
        }
        Rate rate = limits.rate();
        return (int) (rate == null ? most : Math.min(most, rate.burst()));
    }

    boolean isFull(String lane) {
        Integer most = limits.laneConcurrency();
        return most != null && heldByLane.getOrDefault(lane, 0) >= most;
    }

    /** Takes permits for as many as there are. */
    Admission.Admitted admit(List<WaitingJob> jobs) {
        List<WaitingJob> ofLanes = hasLaneLimits() ? admittedByLanes(jobs) : jobs;
        int most = ofLanes.isEmpty() ? 0 : permitsOfType(ofLanes.size());
        List<WaitingJob> admitted = List.copyOf(ofLanes.subList(0, most));
        List<WaitingJob> cut = List.copyOf(ofLanes.subList(most, ofLanes.size()));
        if (limits.countsJobs()) {
            admitted.forEach(job -> heldByLane.merge(job.lane().lane(), 1, Integer::sum));
        }
        giveBackRates(cut, 0);
        Set<String> overstated = lanesOf(limits.laneRate() == null ? cut : jobs);
        if (severalKinds() && admitted.size() < jobs.size() && !overstated.isEmpty()) {
            sayWhatIsHeld(overstated);
        }
        return new Admission.Admitted(admitted, cut);
    }

    /** Whether one limit may have granted jobs that the next has cut: then less is held than was said. */
    private boolean severalKinds() {
        return limits.laneConcurrency() != null || (limits.concurrency() != null && limits.rate() != null);
    }

    /** Jobs that were admitted and do not go out after all. */
    void giveBack(List<WaitingJob> jobs) {
        if (limits.countsJobs()) {
            jobs.forEach(
                    job -> heldByLane.computeIfPresent(job.lane().lane(), (lane, held) -> held == 1 ? null : held - 1));
            sayWhatIsHeld(lanesOf(jobs));
        }
        giveBackRates(jobs, jobs.size());
    }

    private static Set<String> lanesOf(List<WaitingJob> jobs) {
        return jobs.stream().map(job -> job.lane().lane()).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean hasLaneLimits() {
        return limits.laneRate() != null || limits.laneConcurrency() != null;
    }

    private List<WaitingJob> admittedByLanes(List<WaitingJob> jobs) {
        Map<String, Integer> left = new LinkedHashMap<>();
        jobs.forEach(job -> left.merge(job.lane().lane(), 1, Integer::sum));
        Integer ofLanes = limits.laneConcurrency();
        if (ofLanes != null) {
            int most = ofLanes;
            cutTo(left, (lane, wanted) -> jobsOfLane(most, lane, wanted));
        }
        Rate rate = limits.laneRate();
        if (rate != null) {
            cutTo(left, laneRate(rate));
        }
        List<WaitingJob> admitted = new ArrayList<>();
        for (WaitingJob job : jobs) {
            int ofLane = left.getOrDefault(job.lane().lane(), 0);
            if (ofLane > 0) {
                left.put(job.lane().lane(), ofLane - 1);
                admitted.add(job);
            }
        }
        return admitted;
    }

    private interface LaneClaim {
        Claim of(String lane, int wanted);
    }

    private void cutTo(Map<String, Integer> wanted, LaneClaim claim) {
        List<Claim> claims = new ArrayList<>();
        wanted.forEach((lane, count) -> claims.add(claim.of(lane, count)));
        List<Integer> granted = permits.claim(relay, claims);
        int next = 0;
        for (Map.Entry<String, Integer> lane : wanted.entrySet()) {
            lane.setValue(granted.get(next++));
        }
    }

    private int permitsOfType(int wanted) {
        int most = wanted;
        Integer concurrency = limits.concurrency();
        if (concurrency != null) {
            long free = concurrency - heldByOthers - held(heldByLane);
            most = (int) Math.max(0, Math.min(most, free));
            most = most == 0
                    ? 0
                    : permits.claim(relay, List.of(jobsOfType(concurrency, most)))
                            .get(0);
        }
        Rate rate = limits.rate();
        if (rate != null && most > 0) {
            most = permits.claim(relay, List.of(Claim.ofRate(type, rate, most))).get(0);
        }
        return most;
    }

    /** @param ofType how many permits of the type's own rate */
    private void giveBackRates(List<WaitingJob> unused, int ofType) {
        List<Claim> claims = new ArrayList<>();
        Rate rate = limits.rate();
        if (rate != null && ofType > 0) {
            claims.add(Claim.ofRate(type, rate, ofType));
        }
        Rate laneRate = limits.laneRate();
        if (laneRate != null) {
            Map<String, Integer> byLane = new LinkedHashMap<>();
            unused.forEach(job -> byLane.merge(job.lane().lane(), 1, Integer::sum));
            byLane.forEach((lane, count) -> claims.add(laneRate(laneRate).of(lane, count)));
        }
        if (!claims.isEmpty()) {
            permits.giveBack(relay, claims);
        }
    }

    private LaneClaim laneRate(Rate rate) {
        return (lane, wanted) -> Claim.ofRate(key(lane), rate, wanted);
    }

    private Claim jobsOfType(int most, int wanted) {
        return Claim.ofJobs(type, most, held(heldByLane), wanted);
    }

    private Claim jobsOfLane(int most, String lane, int wanted) {
        return Claim.ofJobs(key(lane), most, heldByLane.getOrDefault(lane, 0), wanted);
    }

    /** No type's name has a stroke in it. */
    private String key(String lane) {
        return type + "/" + lane;
    }

    private static int held(Map<String, Integer> byLane) {
        return byLane.values().stream().mapToInt(Integer::intValue).sum();
    }
}
