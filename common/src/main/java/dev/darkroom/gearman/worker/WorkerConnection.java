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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker's connection: grabs, sleeps, wakes. Lives on the event loop. CANT_DO and RESET_ABILITIES make gearmand queue
 * the jobs again that this connection holds, so both wait until it holds none of them.
 */
final class WorkerConnection extends ConnectionHandler {

    private static final Packet GRAB = Packet.request(PacketType.GRAB_JOB_UNIQ);
    private static final Packet SLEEP = Packet.request(PacketType.PRE_SLEEP);
    private static final Packet PROBE = Packet.request(PacketType.ECHO_REQ);

    private final WorkerCore core;
    private final GrabWindow window = new GrabWindow();
    private final Map<String, Integer> held = new HashMap<>();
    private final Set<String> leaving = new HashSet<>();
    private final Set<String> announced = new HashSet<>();
    private @Nullable ConnectionId id;
    private @Nullable Future<?> timer;
    private boolean asleep;
    private boolean withdrawn;
    private boolean owing;
    private long owedSince;

    WorkerConnection(ServerLink link, WorkerCore core) {
        super(link);
        this.core = core;
    }

    boolean isCurrent(ConnectionId candidate) {
        return candidate.equals(id);
    }

    /** How many more grabs this connection would send now. */
    int wanted() {
        return announced.isEmpty() || !leaving.isEmpty() || core.isQuiet() ? 0 : window.open();
    }

    void grab(int count) {
        for (int i = 0; i < count; i++) {
            output().write(GRAB);
        }
        window.sent(count);
        owe();
    }

    void announce(Ability ability) {
        leaving.remove(ability.function());
        announced.add(ability.function());
        output().write(ability.announcement());
        window.wake();
    }

    void withdraw(String function) {
        if (announced.contains(function)) {
            leaving.add(function);
        }
    }

    void answer(AssignedJob job, Packet packet) {
        held.computeIfPresent(job.function(), (function, count) -> count == 1 ? null : count - 1);
        output().write(packet);
    }

    /** After a turn: says what can be said now that grabs were answered and jobs finished, and flushes. */
    void settle() {
        if (window.inFlight() == 0) {
            withdrawLeaving();
            if (window.isDry() && !asleep && !core.isQuiet()) {
                asleep = true;
                output().write(SLEEP);
            }
        }
        output().flush();
    }

    @Override
    protected void opened() {
        id = new ConnectionId(link.server(), link.serial());
        core.greet(this);
        long interval = core.regrabInterval().toNanos();
        timer = core.loop().scheduleAtFixedRate(this::tick, interval, interval, TimeUnit.NANOSECONDS);
        core.turn();
    }

    void introduce(String clientId) {
        output().write(Packet.request(PacketType.SET_CLIENT_ID, clientId));
    }

    @Override
    protected void received(Packet packet) {
        owing = false;
        switch (packet.type()) {
            case JOB_ASSIGN_UNIQ, NO_JOB -> grabAnswered(packet);
            case NOOP -> wake();
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
        core.capacity().assigned();
        window.broughtJob(core.capacity().limit());
        String function = packet.text(1);
        held.merge(function, 1, Integer::sum);
        ConnectionId current = id;
        if (current == null) {
            throw new IllegalStateException("A job was assigned before the connection was up");
        }
        core.deliver(new AssignedJob(current, packet.handle(), function, packet.text(2), packet.payload()));
    }

    private void wake() {
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

    private void withdrawLeaving() {
        leaving.removeIf(function -> {
            if (held.containsKey(function)) {
                return false;
            }
            announced.remove(function);
            output().write(Packet.request(PacketType.CANT_DO, function));
            return true;
        });
        if (core.isQuiet() && held.isEmpty() && !withdrawn) {
            withdrawn = true;
            output().write(Packet.request(PacketType.RESET_ABILITIES));
        }
    }
}
