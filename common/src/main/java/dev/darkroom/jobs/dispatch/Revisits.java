package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Single rows of one type that lie behind the place where their lane was left: due retries, released leases, late commits,
 * lost submissions. They are read by id, so that no lane has to be read again for them, and taken one of each lane in turn.
 * Bounded: what finds no room here is found by going back in its lane. Used by one thread.
 */
final class Revisits {

    /** About a megabyte of memory a type. */
    static final int MOST = 10_000;

    /** So that one lane's retries leave room for those of others. */
    static final int MOST_OF_A_LANE = 1_000;

    private static final int BATCH = 1_000;

    private static final String BY_ID = """
            SELECT %s, lane, priority FROM jobs.job
            WHERE id = ANY (?) AND type = ? AND leased_until IS NULL""".formatted(WaitingJob.COLUMNS);

    private final String type;
    private final Map<LaneKey, Deque<Revisit>> byLane = new HashMap<>();
    /** The lanes above, the next first. */
    private final Deque<LaneKey> turns = new ArrayDeque<>();

    private final Set<Long> known = new HashSet<>();

    private record Revisit(long id, long since) {}

    Revisits(String type) {
        this.type = type;
    }

    /** Returns whether there was room. */
    boolean add(long id, LaneKey lane) {
        if (known.contains(id)) {
            return true;
        }
        Deque<Revisit> ofLane = byLane.getOrDefault(lane, new ArrayDeque<>());
        if (known.size() >= MOST || ofLane.size() >= MOST_OF_A_LANE) {
            return false;
        }
        known.add(id);
        ofLane.add(new Revisit(id, System.nanoTime()));
        if (byLane.putIfAbsent(lane, ofLane) == null) {
            turns.add(lane);
        }
        return true;
    }

    /** What was taken and could not go out after all: it comes first the next time. */
    void putBack(List<WaitingJob> jobs) {
        for (int i = jobs.size() - 1; i >= 0; i--) {
            LaneKey lane = jobs.get(i).lane();
            long id = jobs.get(i).envelope().id();
            if (known.add(id)) {
                byLane.computeIfAbsent(lane, key -> new ArrayDeque<>()).addFirst(new Revisit(id, System.nanoTime()));
                turns.remove(lane);
                turns.addFirst(lane);
            }
        }
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Whether there is any in a lane that is not shut. */
    boolean hasAny(Predicate<String> shut) {
        return byLane.keySet().stream().anyMatch(lane -> !shut.test(lane.lane()));
    }

    /** How long, in nanoseconds, the one has been here that has been here longest; 0 if there is none. */
    long longestWait() {
        long now = System.nanoTime();
        return byLane.values().stream()
                .mapToLong(lane -> now - lane.getFirst().since())
                .max()
                .orElse(0);
    }

    /**
     * Reads and forgets up to so many, one of each lane in turn; rows that are gone meanwhile are missing.
     *
     * @param shut lanes whose rows stay
     */
    List<WaitingJob> take(Connection connection, int count, Predicate<String> shut) throws SQLException {
        List<Long> ids = nextInTurn(Math.min(count, BATCH), shut);
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, WaitingJob> read = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(BY_ID)) {
            select.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            select.setString(2, type);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LaneKey lane = new LaneKey(
                            rows.getShort(WaitingJob.COLUMN_COUNT + 2), rows.getString(WaitingJob.COLUMN_COUNT + 1));
                    read.put(rows.getLong(1), WaitingJob.read(rows, lane));
                }
            }
        }
        return ids.stream().map(read::get).filter(Objects::nonNull).toList();
    }

    private List<Long> nextInTurn(int count, Predicate<String> shut) {
        List<Long> ids = new ArrayList<>();
        Deque<LaneKey> passedOver = new ArrayDeque<>();
        while (!turns.isEmpty() && ids.size() < count) {
            LaneKey lane = turns.remove();
            if (shut.test(lane.lane())) {
                passedOver.addFirst(lane);
                continue;
            }
            Deque<Revisit> ofLane = Objects.requireNonNull(byLane.get(lane), "every lane that has a turn has rows");
            ids.add(ofLane.remove().id());
            if (ofLane.isEmpty()) {
                byLane.remove(lane);
            } else {
                turns.add(lane);
            }
        }
        passedOver.forEach(turns::addFirst);
        ids.forEach(known::remove);
        return ids;
    }
}
