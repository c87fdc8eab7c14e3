package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.breaker.HeldLane;
import dev.darkroom.jobs.breaker.HeldLanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lanes of one database whose breakers are not closed. They are read ten times a second while there are any, and not at
 * all otherwise. Used by one thread.
 */
final class HeldBackLanes {

    private final Periodic reading = new Periodic(Duration.ofMillis(100));
    private final Map<String, Map<String, LaneBrake>> byType = new HashMap<>();
    private boolean any;

    /** Whether any breaker of the database is not closed, as has just been read with the settings. */
    void announce(boolean now) {
        if (now && !any) {
            reading.makeDue();
        }
        any = now;
        if (!any) {
            byType.clear();
        }
    }

    boolean has(String type) {
        return byType.containsKey(type);
    }

    /** What of the type's lanes is held back; lanes that are not are missing. */
    Map<String, LaneBrake> ofType(String type) {
        return byType.getOrDefault(type, Map.of());
    }

    void refresh(Connection connection, Function<String, TypeDispatch> dispatches) throws SQLException {
        if (!any || !reading.isDue()) {
            return;
        }
        Map<String, List<HeldLane>> held = HeldLanes.read(connection).stream()
                .collect(Collectors.groupingBy(lane -> lane.id().type()));
        byType.keySet().retainAll(held.keySet());
        for (Map.Entry<String, List<HeldLane>> type : held.entrySet()) {
            refresh(connection, dispatches.apply(type.getKey()), type.getValue());
        }
    }

    private void refresh(Connection connection, TypeDispatch dispatch, List<HeldLane> held) throws SQLException {
        Map<String, LaneBrake> brakes = byType.computeIfAbsent(dispatch.type(), type -> new HashMap<>());
        Set<String> lanes = held.stream().map(lane -> lane.id().lane()).collect(Collectors.toSet());
        brakes.keySet().retainAll(lanes);
        Map<String, Integer> inFlight = ForgetEnded.of(connection, dispatch, lanes::contains);
        for (HeldLane lane : held) {
            int out = inFlight.getOrDefault(lane.id().lane(), 0);
            LaneBrake known = brakes.get(lane.id().lane());
            if (known == null) {
                brakes.put(lane.id().lane(), new LaneBrake(lane, out));
            } else {
                known.update(lane, out);
            }
            if (lane.state() == HeldLane.State.DRAINING) {
                HeldLanes.closeIfDrained(
                        connection,
                        lane.id(),
                        dispatch.inFlight().inLanes(lane.id().lane()::equals).keySet());
            }
        }
    }

    /** Those of the jobs that no breaker holds back. Nothing is taken yet: they go through {@link #take} when they go out. */
    List<WaitingJob> notHeldBack(String type, List<WaitingJob> jobs) {
        Map<String, LaneBrake> brakes = ofType(type);
        Map<String, Integer> left = new HashMap<>();
        List<WaitingJob> open = new ArrayList<>();
        for (WaitingJob job : jobs) {
            String lane = job.lane().lane();
            LaneBrake brake = brakes.get(lane);
            if (brake == null) {
                open.add(job);
            } else if (left.computeIfAbsent(lane, key -> brake.most()) > 0) {
                left.merge(lane, -1, Integer::sum);
                open.add(job);
            }
        }
        return open;
    }

    /**
     * Those of the jobs that go out now: probes are claimed, so that one goes out at a time. A probe that somebody else has
     * claimed since the breaker was read is missing.
     */
    List<WaitingJob> take(Connection connection, String type, List<WaitingJob> jobs) throws SQLException {
        Map<String, LaneBrake> brakes = ofType(type);
        Set<String> probes = new HashSet<>();
        for (WaitingJob job : jobs) {
            LaneBrake brake = brakes.get(job.lane().lane());
            if (brake != null && brake.isProbing()) {
                probes.add(job.lane().lane());
            }
        }
        Set<String> claimed = probes.isEmpty() ? Set.of() : HeldLanes.claimProbes(connection, type, probes);
        List<WaitingJob> taken = new ArrayList<>();
        for (WaitingJob job : jobs) {
            LaneBrake brake = brakes.get(job.lane().lane());
            if (brake == null) {
                taken.add(job);
            } else if (!brake.isProbing() || claimed.contains(job.lane().lane())) {
                brake.took();
                taken.add(job);
            }
        }
        return taken;
    }
}
