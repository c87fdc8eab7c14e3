package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.breaker.HeldLanes;
import dev.darkroom.jobs.ledger.KnownWorkers;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.watch.RelayMeters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One leader's pass over one database: promote what is due, look after leases, fill the windows, publish the gates. Its
 * memory begins empty with each term. Used by one thread.
 */
final class RelayCycle {

    private final Broker broker;
    private final RelayLeadership leadership;
    private final RelayMeters meters;
    private final Map<String, TypeDispatch> dispatches = new HashMap<>();
    private final PromoteDueJobs dueJobs = new PromoteDueJobs();
    private final Periodic promotion = new Periodic(Duration.ofMillis(100));
    private final Periodic leases = new Periodic(Duration.ofMillis(500));
    private final Periodic settled = new Periodic(Duration.ofMillis(50));
    private final LateCommits lateCommits = new LateCommits();
    private final Periodic sweep = new Periodic(Duration.ofSeconds(2));
    /** Something was lost: the next sweep looks at all that is in flight, not only at what has been so for a while. */
    private boolean sweepAll = true;

    private final Periodic publication = new Periodic(Duration.ofSeconds(1));
    private final Periodic deadlines = new Periodic(Duration.ofSeconds(1));
    private final Periodic cleaning = new Periodic(Duration.ofMinutes(1));
    private final Periodic deaths = new Periodic(Duration.ofMillis(250));
    private final DeathNotices notices = new DeathNotices();
    private final ExpireLeases expireLeases = new ExpireLeases();
    private KnownWorkers known = KnownWorkers.NONE;
    private final HeldBackLanes heldBack = new HeldBackLanes();
    private final LimitedTypes limited;
    private Set<String> paused = Set.of();

    RelayCycle(Broker broker, RelayLeadership leadership, RelayLimits limits, RelayMeters meters) {
        this.meters = meters;
        this.limited = new LimitedTypes(limits);
        this.broker = broker;
        this.leadership = leadership;
    }

    /** What one job server held is gone: every job in flight is asked after at the next chance. */
    void serverLost() {
        dispatches.values().forEach(dispatch -> dispatch.inFlight().expireAll(SweepInFlight.LEASE.toNanos()));
        sweepAllNow();
    }

    private void sweepAllNow() {
        sweepAll = true;
        sweep.makeDue();
    }

    /** Returns how many jobs were handed out. */
    int run(Connection connection) throws SQLException {
        if (promotion.isDue()) {
            promote(connection);
        }
        if (!broker.isConnected()) {
            return 0;
        }
        if (publication.isDue()) {
            refresh(connection);
        }
        if (deaths.isDue()) {
            noticeDeaths(connection);
        }
        Aside.run("Discarding jobs past their deadline", () -> discardExpired(connection));
        Map<String, Broker.Load> loads = typesOnly(broker.loads());
        heldBack.refresh(connection, this::dispatch);
        limited.refresh(connection, this::dispatch, loads);
        int submitted = fill(connection, loads);
        Aside.run("Looking after what is handed out", () -> lookAfter(connection));
        if (publication.wasDue()) {
            Aside.run("Publishing the gates", () -> publish(connection, loads));
        }
        return submitted;
    }

    private void publish(Connection connection, Map<String, Broker.Load> loads) throws SQLException {
        List<PublishStates.TypeState> states = states(connection, loads);
        PublishStates.publish(connection, states);
        meters.publish(states.stream().map(PublishStates.TypeState::handOut).toList());
    }

    private void promote(Connection connection) throws SQLException {
        dueJobs.promote(connection).forEach(this::revisit);
        if (dueJobs.hasMore()) {
            // Not before something has been handed out: a million due retries take longer than a leader's term.
            promotion.makeDue();
        }
    }

    /** What a dead worker held is asked after at once; what has vanished, as soon as the others have been heard of. */
    private void noticeDeaths(Connection connection) throws SQLException {
        for (String type : notices.read(connection)) {
            dispatch(type).inFlight().expireAll(SweepInFlight.LEASE.toNanos());
            sweepAllNow();
            leases.makeDue();
        }
        if (expireLeases.waits()
                || dispatches.values().stream()
                        .anyMatch(dispatch -> !dispatch.vanished().isEmpty())) {
            known = KnownWorkers.read(connection);
            sweepAllNow();
        }
    }

    /** Jobs under suspicion take no room in the window of their type. */
    private static Map<String, Broker.Load> typesOnly(Map<String, Broker.Load> loads) {
        Map<String, Broker.Load> types = new HashMap<>(loads);
        types.keySet().removeIf(AloneFunction::is);
        return types;
    }

    private void revisit(ReadyJob job) {
        dispatch(job.type()).revisit(job.id(), job.lane());
    }

    private void refresh(Connection connection) throws SQLException {
        known = KnownWorkers.read(connection);
        TypeSettings settings = TypeSettings.read(connection);
        paused = settings.paused();
        heldBack.announce(settings.anyHeldBack());
        limited.set(settings.limits());
        if (cleaning.isDue()) {
            Aside.run("Forgetting dead workers", () -> WorkerRegister.forgetDead(connection));
            Aside.run("Forgetting breakers", () -> HeldLanes.forgetOld(connection));
        }
    }

    private void discardExpired(Connection connection) throws SQLException {
        if (deadlines.isDue() && DiscardExpired.discard(connection, broker, known.started())) {
            deadlines.makeDue();
        }
    }

    private int fill(Connection connection, Map<String, Broker.Load> loads) throws SQLException {
        Map<String, SortedSet<Short>> readOn = new HashMap<>();
        dispatches.forEach((type, dispatch) -> {
            SortedSet<Short> priorities = dispatch.readOn();
            if (!priorities.isEmpty()) {
                readOn.put(type, priorities);
            }
        });
        Map<String, SortedSet<Short>> waiting = WaitingTypes.in(connection, readOn);
        dispatches.values().stream()
                .filter(dispatch -> !waiting.containsKey(dispatch.type()))
                .forEach(TypeDispatch::nothingWaits);
        int submitted = 0;
        for (Map.Entry<String, SortedSet<Short>> type : waiting.entrySet()) {
            if (!paused.contains(type.getKey())) {
                long held = loads.getOrDefault(type.getKey(), Broker.Load.NONE).total();
                submitted += fill(connection, dispatch(type.getKey()), type.getValue(), held);
            }
        }
        return submitted;
    }

    private int fill(Connection connection, TypeDispatch dispatch, SortedSet<Short> priorities, long held)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            int submitted = leadership.holds(connection)
                    ? dispatch.fill(
                            connection,
                            priorities,
                            held,
                            threads(dispatch.type()),
                            known.startedBySilent(),
                            admission(connection, dispatch.type()))
                    : 0;
            connection.commit();
            return submitted;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private Admission admission(Connection connection, String type) {
        TypeLimit limit = limited.of(type);
        return limit == null && !heldBack.has(type)
                ? Admission.FREE
                : new HandOutRules(connection, type, heldBack, limit);
    }

    private void lookAfter(Connection connection) throws SQLException {
        if (settled.isDue()) {
            lateCommits.look(connection, dispatches);
        }
        if (sweep.isDue()) {
            for (TypeDispatch dispatch : dispatches.values()) {
                SweepInFlight.sweep(connection, dispatch, sweepAll, broker, known);
            }
            sweepAll = false;
        }
        if (leases.isDue() && expireLeases.expire(connection, broker, known, this::revisit)) {
            leases.makeDue();
        }
    }

    private List<PublishStates.TypeState> states(Connection connection, Map<String, Broker.Load> loads)
            throws SQLException {
        Set<String> types = new TreeSet<>(loads.keySet());
        types.addAll(dispatches.keySet());
        types.addAll(known.threads().keySet());
        List<PublishStates.TypeState> states = new ArrayList<>();
        for (String type : types) {
            TypeDispatch dispatch = dispatch(type);
            LaneReport lanes = dispatch.lanes(connection, heldBack.ofType(type).keySet());
            states.add(state(dispatch, loads.getOrDefault(type, Broker.Load.NONE), lanes));
        }
        return states;
    }

    private PublishStates.TypeState state(TypeDispatch dispatch, Broker.Load load, LaneReport lanes) {
        int typeThreads = threads(dispatch.type());
        Window window = dispatch.window();
        TypeLimit limit = limited.of(dispatch.type());
        boolean free = limit == null && !heldBack.has(dispatch.type());
        window.sample(load.total(), typeThreads, dispatch.hasBacklog() && free);
        // Also without a backlog the gate is shut when the window is full: of jobs that were submitted directly.
        int quota = window.directQuota(load.total());
        boolean open = quota > 0 && free && !dispatch.hasBacklog() && !paused.contains(dispatch.type());
        return new PublishStates.TypeState(
                dispatch.type(),
                open,
                quota,
                load,
                typeThreads,
                window.size(),
                window.drainRate(),
                lanes,
                limit == null ? null : limit.limits(),
                limited.byOwnShare(dispatch.type()));
    }

    private int threads(String type) {
        return known.threads().getOrDefault(type, 0);
    }

    private TypeDispatch dispatch(String type) {
        return dispatches.computeIfAbsent(type, name -> new TypeDispatch(name, broker));
    }
}
