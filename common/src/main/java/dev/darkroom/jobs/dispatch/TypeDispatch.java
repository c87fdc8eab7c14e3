package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.ledger.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the window of one job type full: what is in it, what comes next, and whether more waits behind. Used by one
 * thread; submissions report back from others.
 */
final class TypeDispatch {

    private static final int ROUNDS = 8;

    /** Rows read and submitted in one go: while the next are read, Gearman hands these out. */
    private static final int MOST_AT_ONCE = 10_000;

    private final String type;
    private final Broker broker;
    private final Window window = new Window();
    private final InFlightJobs inFlight = new InFlightJobs();
    private final Map<Short, LaneRotation> rotations = new TreeMap<>();
    private final VanishedJobs vanished = new VanishedJobs();
    private final TopLanes topLanes;
    private final Revisits revisits;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Broker.Answers answers = new SubmissionAnswers();
    private Set<Long> inDoubt = Set.of();
    private boolean backlog = true;
    private final PriorityShares shares = new PriorityShares();
    private boolean revisitsFirst;

    TypeDispatch(String type, Broker broker) {
        this.type = type;
        this.broker = broker;
        this.revisits = new Revisits(type);
        this.topLanes = new TopLanes(type);
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

    /** The priorities of which rows are known to wait without looking. */
    SortedSet<Short> readOn() {
        SortedSet<Short> readOn = new TreeSet<>();
        rotations.forEach((priority, rotation) -> {
            if (rotation.readsOn()) {
                readOn.add(priority);
            }
        });
        return readOn;
    }

    /** What is told of lanes; of those that are held back no wait. */
    LaneReport lanes(Connection connection, Set<String> heldBack) throws SQLException {
        LaneReport report = topLanes.look(connection, backlog ? rotations.values() : List.of(), inFlight, heldBack);
        LaneWait behind = new LaneWait(null, backlog ? revisits.longestWait() / 1e9 : 0);
        return new LaneReport(behind.orLonger(report.worst()), report.told());
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
    int fill(
            Connection connection,
            SortedSet<Short> priorities,
            long heldByServers,
            int threads,
            Set<Long> inDoubt,
            Admission admission)
            throws SQLException {
        this.inDoubt = inDoubt;
        takeBackLost();
        window.sample(heldByServers, threads, backlog && admission.isFree());
        int room = Math.min(Math.min(MOST_AT_ONCE, admission.most()), room(heldByServers, threads, priorities));
        // Rows behind the lanes' places and the lanes themselves have half each, lest one wait for all of the other.
        revisitsFirst = !revisitsFirst;
        int left = room - takeRevisits(connection, revisitsFirst ? (room + 1) / 2 : room / 2, admission);
        boolean exhausted = true;
        for (short priority : priorities) {
            int due = Math.min(left, priority == priorities.first() ? 0 : shares.due(priority));
            left -= take(connection, priority, due, true, admission);
        }
        for (short priority : priorities) {
            boolean urgent = priority == 0 || priority != priorities.first();
            left -= take(connection, priority, left, urgent, admission);
            exhausted &= rotation(priority).isExhausted();
        }
        left -= takeRevisits(connection, left, admission);
        backlog = !exhausted || !revisits.isEmpty();
        shares.wentOut(priorities, room - left);
        window.submitted(room - left);
        return room - left;
    }

    /** Another database's backlog, or what was submitted directly, may fill the window: this relay's rows still go out. */
    private int room(long heldByServers, int threads, SortedSet<Short> priorities) {
        int least = Math.max(1, threads) - inFlight.size();
        boolean isUrgent = !priorities.isEmpty() && priorities.first() == 0;
        return Math.max(window.refill(heldByServers + unanswered.get(), isUrgent), least);
    }

    private LaneRotation rotation(short priority) {
        return rotations.computeIfAbsent(priority, code -> new LaneRotation(type, code));
    }

    private int take(Connection connection, short priority, int count, boolean urgent, Admission admission)
            throws SQLException {
        LaneRotation rotation = rotation(priority);
        int taken = 0;
        for (int round = 0; round < ROUNDS && taken < count; round++) {
            List<WaitingJob> jobs = withoutKnown(rotation.take(connection, count - taken, admission::isShut));
            Admission.Admitted admitted = admission.admit(jobs);
            taken += submitAll(admitted.jobs(), job -> urgent);
            if (admitted.jobs().size() < jobs.size()) {
                leaveIn(rotation, jobs, admitted);
                break;
            }
            if (rotation.isExhausted() || rotation.isFruitless()) {
                break;
            }
        }
        shares.took(priority, taken);
        return taken;
    }

    private static void leaveIn(LaneRotation rotation, List<WaitingJob> jobs, Admission.Admitted admitted) {
        Stream.concat(admitted.refused(jobs).stream(), admitted.cut().stream())
                .forEach(job ->
                        rotation.goBackTo(job.lane().lane(), job.envelope().id()));
        if (!admitted.cut().isEmpty()) {
            rotation.goOnAt(admitted.cut().get(0).lane().lane());
        }
    }

    private List<WaitingJob> withoutKnown(List<WaitingJob> jobs) {
        for (WaitingJob job : jobs) {
            if (isInFlight(job)) {
                return jobs.stream().filter(known -> !isInFlight(known)).toList();
            }
        }
        return jobs;
    }

    private boolean isInFlight(WaitingJob job) {
        return inFlight.holds(job.envelope().id(), job.envelope().turn());
    }

    /** Returns how many were submitted; the others are only looked after. */
    private int submitAll(List<WaitingJob> jobs, Predicate<WaitingJob> urgent) {
        List<Broker.Outgoing> outgoing = new ArrayList<>(jobs.size());
        for (WaitingJob job : jobs) {
            JobEnvelope envelope = job.envelope();
            inFlight.add(envelope.id(), envelope.turn(), job.lane());
            if (!inDoubt.contains(envelope.id())) {
                outgoing.add(new Broker.Outgoing(function(envelope), envelope, urgent.test(job)));
            }
        }
        if (!outgoing.isEmpty()) {
            unanswered.addAndGet(outgoing.size());
            broker.submit(outgoing, answers);
        }
        return outgoing.size();
    }

    /** Told on the client's event loop. */
    private final class SubmissionAnswers implements Broker.Answers {

        @Override
        public void taken(Broker.Outgoing job) {
            unanswered.decrementAndGet();
        }

        @Override
        public void lost(Broker.Outgoing job, Exception cause) {
            unanswered.decrementAndGet();
            inFlight.reportLost(job.envelope().id(), job.envelope().turn());
        }
    }

    private String function(JobEnvelope envelope) {
        return envelope.marks().has(Mark.SUSPECT) ? AloneFunction.of(type) : type;
    }

    private int takeRevisits(Connection connection, int room, Admission admission) throws SQLException {
        int taken = 0;
        while (taken < room && revisits.hasAny(admission::isShut)) {
            List<WaitingJob> jobs = withoutKnown(revisits.take(connection, room - taken, admission::isShut));
            Admission.Admitted admitted = admission.admit(jobs);
            taken += submitAll(admitted.jobs(), job -> job.lane().priority() == 0);
            if (admitted.jobs().size() < jobs.size()) {
                revisits.putBack(admitted.cut());
                admitted.refused(jobs).forEach(job -> revisit(job.envelope().id(), job.lane()));
                break;
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

    /** Whether the lane was read beyond this job. */
    boolean isPassed(long id, LaneKey lane) {
        return rotation(lane.priority()).isPassed(lane.lane(), id);
    }

    /** Whether any lane was read beyond this id. */
    boolean hasReadBeyond(long id) {
        return rotations.values().stream().anyMatch(rotation -> rotation.hasReadBeyond(id));
    }

    /** The row is to be looked at, wherever its lane was left. */
    void revisit(long id, LaneKey lane) {
        if (!revisits.add(id, lane)) {
            rotation(lane.priority()).goBackTo(lane.lane(), id);
        }
        backlog = true;
    }
}
