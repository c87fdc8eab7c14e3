package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.connection.ConnectionHandler;
import dev.darkroom.gearman.connection.ConnectionId;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker's connection: grabs, sleeps, wakes. Lives on the event loop. */
final class WorkerConnection extends ConnectionHandler {

    private static final Packet SLEEP = Packet.request(PacketType.PRE_SLEEP);
    private static final Packet PROBE = Packet.request(PacketType.ECHO_REQ);

    private final WorkerCore core;
    private final Packet grab;
    private final GrabWindow window = new GrabWindow();
    private final WakeLimit wakes = new WakeLimit();
    private final Announcements functions;
    private @Nullable ConnectionId id;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> delayedWake;
    private int held;
    private long lastShare;
    private boolean asleep;
    private boolean withdrawn;
    private boolean owing;
    private long owedSince;

    WorkerConnection(ServerLink link, WorkerCore core) {
        super(link);
        this.core = core;
        this.grab = Packet.request(core.grabForm().request());
        this.functions = new Announcements(core.abilities());
    }

    @SuppressWarnings("ReferenceEquality") // Mostly it is the same; comparing what it says takes longer.
    boolean isCurrent(ConnectionId candidate) {
        return candidate == id || candidate.equals(id);
    }

    /** How many more grabs this connection would send now. */
    int wanted() {
        return functions.blocksGrabs() || core.isQuiet() ? 0 : functions.allowed(window.open(), window.inFlight());
    }

    /** How much of the worker's capacity this connection takes: jobs held and asked for. */
    int load() {
        return held + window.inFlight();
    }

    /** Which share-out gave it something last: among equals the one that has waited longest comes first. */
    long lastShare() {
        return lastShare;
    }

    void grab(int count, long share) {
        lastShare = share;
        for (int i = 0; i < count; i++) {
            output().write(grab);
        }
        window.sent(count);
        owe();
    }

    void changed(String function) {
        if (functions.changed(function, output())) {
            window.wake();
        }
    }

    /** Sends something about a job that is not its end. */
    void tell(Packet packet) {
        output().write(packet);
    }

    void answer(AssignedJob job, Packet packet) {
        held--;
        output().write(packet);
        functions.answered(job.function(), core.isQuiet(), output());
    }

    /** After a turn: says what can be said now that grabs were answered and jobs finished, and flushes. */
    void settle() {
        if (window.inFlight() == 0) {
            if (functions.settle(core.isQuiet(), output())) {
                window.wake();
                core.turnSoon();
            } else if (window.isDry() && !asleep && !core.isQuiet()) {
                asleep = true;
                output().write(SLEEP);
            }
            if (core.isQuiet() && functions.holdsNothing() && !withdrawn) {
                withdrawn = true;
                functions.withdraw(output());
            }
        }
        output().flush();
    }

    @Override
    protected void opened() {
        id = new ConnectionId(link.server(), link.serial());
        if (!core.clientId().isEmpty()) {
            output().write(Packet.request(PacketType.SET_CLIENT_ID, core.clientId()));
        }
        if (!core.isQuiet()) {
            functions.announceAll(output());
        }
        long interval = core.regrabInterval().toNanos();
        timer = core.loop().scheduleAtFixedRate(this::tick, interval, interval, TimeUnit.NANOSECONDS);
        core.turn();
    }

    @Override
    protected void received(Packet packet) {
        owing = false;
        switch (packet.type()) {
            case JOB_ASSIGN_UNIQ, NO_JOB, JOB_ASSIGN, JOB_ASSIGN_ALL -> grabAnswered(packet);
            case NOOP -> woken();
            case ECHO_RES -> {}
            case ERROR -> core.serverError(link.server(), packet.text(0), packet.text(1));
            default -> abandon(new ProtocolException("unexpected " + packet.type()));
        }
    }

    @Override
    protected void readFinished() {
        if (window.inFlight() > 0) {
            owe();
        }
        core.turn();
    }

    @Override
    protected void closed(Throwable cause) {
        if (timer != null) {
            timer.cancel(false);
        }
        if (delayedWake != null) {
            delayedWake.cancel(false);
        }
        core.capacity().unanswered(window.inFlight());
        core.lost();
    }

    private void grabAnswered(Packet packet) {
        if (window.inFlight() == 0) {
            abandon(new ProtocolException(packet.type() + " without a grab"));
        } else if (packet.type() == PacketType.NO_JOB) {
            window.broughtNothing();
            core.capacity().unanswered(1);
        } else {
            assigned(packet);
        }
    }

    private void assigned(Packet packet) {
        ConnectionId current = id;
        if (current == null) {
            throw new IllegalStateException("A job was assigned before the connection was up");
        }
        AssignedJob job = AssignedJob.read(current, packet);
        core.capacity().assigned();
        window.broughtJob(core.capacity().limit());
        wakes.reset();
        held++;
        functions.assigned(job.function());
        core.deliver(job);
    }

    private void woken() {
        if (delayedWake != null) {
            return;
        }
        Duration wait = wakes.beforeGrab();
        if (wait.isZero()) {
            wake();
        } else {
            delayedWake = core.loop()
                    .schedule(
                            () -> {
                                wake();
                                core.turn();
                            },
                            wait.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void wake() {
        if (delayedWake != null) {
            delayedWake.cancel(false);
            delayedWake = null;
        }
        asleep = false;
        window.wake();
    }

    /** gearmand wakes nobody when a delayed job falls due, and a dead peer says nothing: so ask now and then. */
    private void tick() {
        long now = System.nanoTime();
        Duration patience = core.answerTimeout();
        if (owing && now - owedSince >= patience.toNanos()) {
            abandon(new AnswerTimeoutException("nothing came for " + patience));
            return;
        }
        if (asleep) {
            wakes.reset();
            wake();
        } else if (window.inFlight() == 0) {
            output().write(PROBE);
            owe();
        }
        core.turn();
    }

    private void owe() {
        if (!owing) {
            owing = true;
            owedSince = System.nanoTime();
        }
    }
}
