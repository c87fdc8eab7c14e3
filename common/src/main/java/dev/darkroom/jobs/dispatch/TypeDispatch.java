package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the window of one job type full: what is in it, what comes next, and whether more waits behind. Used by one
 * thread; submissions report back from others.
 */
final class TypeDispatch {

    /** Every priority gets at least this part of what goes out. */
    private static final int LEAST_SHARE = 20;

    private static final int ROUNDS = 4;

    /** Rows read and submitted in one go: while the next are read, Gearman hands these out. */
    private static final int MOST_AT_ONCE = 10_000;

    private final String type;
    private final Broker broker;
    private final Window window = new Window();
    private final InFlightJobs inFlight = new InFlightJobs();
    private final Map<Short, LaneRotation> rotations = new TreeMap<>();
    private final VanishedJobs vanished = new VanishedJobs();
    private final Revisits revisits;
    private final AtomicInteger unanswered = new AtomicInteger();
    private Set<Long> inDoubt = Set.of();
    private boolean backlog = true;

    TypeDispatch(String type, Broker broker) {
        this.type = type;
        this.broker = broker;
        this.revisits = new Revisits(type);
    }

    String type() {
        return type;
    }

    Window window() {
        return window;
    }

    InFlightJobs inFlight() {
        return inFlight;
    }

    VanishedJobs vanished() {
        return vanished;
    }

    /** Whether rows wait that the window has no room for; true until it has been looked at. */
    boolean hasBacklog() {
        return backlog;
    }

    Map<Short, LaneRotation> rotations() {
        return rotations;
    }

    /** Nothing of the type waits at all. */
    void nothingWaits() {
        backlog = false;
    }

    /**
     * Submits as much as the window has room for.
     *
     * @param priorities those with waiting rows, most urgent first
     * @param inDoubt jobs that silent processes have begun: not submitted, but looked after as if they had been
     * @return how many were submitted
     */
    int fill(Connection connection, SortedSet<Short> priorities, long heldByServers, int threads, Set<Long> inDoubt)
            throws SQLException {
        this.inDoubt = inDoubt;
        takeBackLost();
        window.sample(heldByServers, threads, backlog);
        int room = Math.min(MOST_AT_ONCE, window.room(heldByServers + unanswered.get()));
        int left = room - takeRevisits(connection, room);
        int behind = priorities.size() - 1;
        boolean all = revisits.isEmpty();
        for (short priority : priorities) {
            int reserved = behind * Math.max(1, room / LEAST_SHARE);
            boolean urgent = priority == 0 || priority != priorities.first();
            left -= take(connection, rotation(priority), Math.max(0, left - reserved), urgent);
            all &= rotation(priority).isExhausted();
            behind--;
        }
        backlog = !all;
        window.submitted(room - left);
        return room - left;
    }

    private LaneRotation rotation(short priority) {
        return rotations.computeIfAbsent(priority, code -> new LaneRotation(type, code));
    }

    private int take(Connection connection, LaneRotation rotation, int count, boolean urgent) throws SQLException {
        int taken = 0;
        for (int round = 0; round < ROUNDS && taken < count; round++) {
            List<WaitingJob> jobs = rotation.take(connection, count - taken);
            for (WaitingJob job : jobs) {
                taken += submitIfNew(job, urgent);
            }
            if (rotation.isExhausted()) {
                break;
            }
        }
        return taken;
    }

    private int submitIfNew(WaitingJob job, boolean urgent) {
        JobEnvelope envelope = job.envelope();
        if (inFlight.holds(envelope.id(), envelope.turn())) {
            return 0;
        }
        inFlight.add(envelope.id(), envelope.turn(), job.lane());
        if (inDoubt.contains(envelope.id())) {
            return 0;
        }
        unanswered.incrementAndGet();
        broker.submit(function(envelope), envelope, urgent).whenComplete((taken, error) -> {
            unanswered.decrementAndGet();
            if (error != null) {
                inFlight.reportLost(envelope.id(), envelope.turn());
            }
        });
        return 1;
    }

    private String function(JobEnvelope envelope) {
        return envelope.marks().has(Mark.SUSPECT) ? AloneFunction.of(type) : type;
    }

    private int takeRevisits(Connection connection, int room) throws SQLException {
        int taken = 0;
        while (taken < room && !revisits.isEmpty()) {
            for (WaitingJob job : revisits.take(connection, room - taken)) {
                taken += submitIfNew(job, job.lane().priority() == 0);
            }
        }
        return taken;
    }

    private void takeBackLost() {
        inFlight.takeLost().forEach(this::resubmit);
    }

    /** The job is not in Gearman after all: it is submitted again. */
    void resubmit(JobTurn job) {
        InFlightJobs.InFlight known = inFlight.remove(job.id());
        if (known != null) {
            revisit(job.id(), known.lane());
        }
    }

    /** The row is to be looked at, wherever its lane was left. */
    void revisit(long id, LaneKey lane) {
        if (!revisits.add(id)) {
            rotation(lane.priority()).goBackTo(lane.lane(), id);
        }
        backlog = true;
    }
}
