package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionHandler;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.LinkSettings;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does on its event loop: shares its capacity out among its connections, hands jobs to the receiver and
 * sends answers. Only {@link #offer} and {@link #execute} may be called from other threads.
 */
final class WorkerCore {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerCore.class);

    private record Answer(AssignedJob job, Packet packet) {}

    private final LinkSettings settings;
    private final Duration regrabInterval;
    private final JobReceiver receiver;
    private final WorkerListener listener;
    private final Capacity capacity;
    private final LinkSet links;
    private final Map<String, Ability> abilities;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean quiet;
    private boolean ending;
    private int rotation;

    WorkerCore(GearmanWorker.Builder builder) {
        settings = builder.settings();
        regrabInterval = builder.regrabInterval;
        receiver = Objects.requireNonNull(builder.receiver, "a worker needs a receiver");
        listener = builder.listener;
        capacity = new Capacity(builder.capacity);
        abilities = new LinkedHashMap<>(builder.abilities);
        links = new LinkSet(
                "gearman-worker", settings, builder.sharedLoops(), listener, link -> new WorkerConnection(link, this));
    }

    LinkSet links() {
        return links;
    }

    EventLoop loop() {
        return links.loop();
    }

    Capacity capacity() {
        return capacity;
    }

    Duration regrabInterval() {
        return regrabInterval;
    }

    Duration answerTimeout() {
        return settings.answerTimeout();
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Completed once no further job can come. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    /** Completed once every connection has closed after {@link #end}. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Queues an answer; it leaves with the next turn. */
    void offer(AssignedJob job, Packet packet) {
        answers.add(new Answer(job, packet));
        if (!turnScheduled.get() && turnScheduled.compareAndSet(false, true)) {
            execute(this::turn);
        }
    }

    /** Runs this on the event loop; once the worker has closed, only what was offered is dropped and reported. */
    void execute(Runnable task) {
        try {
            loop().execute(task);
        } catch (RejectedExecutionException e) {
            turnScheduled.set(false);
            for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
                drop(answer.job(), "the worker is closed");
            }
        }
    }

    void add(Ability ability) {
        Ability before = abilities.put(ability.function(), ability);
        if (!ability.equals(before) && !quiet) {
            connections().forEach(connection -> connection.announce(ability));
        }
        turn();
    }

    void remove(String function) {
        if (abilities.remove(function) != null) {
            connections().forEach(connection -> connection.withdraw(function));
        }
        turn();
    }

    void quiet() {
        quiet = true;
        links.links().forEach(ServerLink::stop);
        turn();
    }

    /** Sends the last answers and closes the connections in order. */
    void end() {
        quiet();
        ending = true;
        connections().forEach(ConnectionHandler::finish);
        endIfAlone();
    }

    /** Introduces a new connection. */
    void greet(WorkerConnection connection) {
        if (!settings.clientId().isEmpty()) {
            connection.introduce(settings.clientId());
        }
        if (!quiet) {
            abilities.values().forEach(connection::announce);
        }
    }

    void deliver(AssignedJob job) {
        try {
            receiver.receive(job);
        } catch (RuntimeException e) {
            LOG.error("The receiver of jobs failed; failing job {}", job, e);
            offer(job, GearmanWorker.failure(job));
        }
    }

    void serverError(ServerAddress server, String code, String text) {
        LOG.warn("Job server {} reports {}: {}", server, code, text);
        listener.serverError(server, code, text);
    }

    void lost() {
        endIfAlone();
        turn();
    }

    /** Sends what waits, asks for what there is room for; one flush a connection. */
    void turn() {
        turnScheduled.set(false);
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            send(answer.job(), answer.packet());
        }
        shareOut();
        connections().forEach(WorkerConnection::settle);
        if (quiet && capacity.nothingAsked()) {
            drained.complete(null);
        }
    }

    private void send(AssignedJob job, Packet packet) {
        if (!job.takeAnswer()) {
            drop(job, "it was answered before");
            return;
        }
        capacity.released();
        WorkerConnection connection = connectionOf(job);
        if (connection == null) {
            drop(job, "its connection is gone");
        } else {
            connection.answer(job, packet);
        }
    }

    private void drop(AssignedJob job, String reason) {
        LOG.debug("No answer was sent for job {}: {}", job, reason);
        listener.answerDropped(job, reason);
    }

    /** Splits the free capacity evenly among the connections that want some, another one first each time. */
    private void shareOut() {
        int free = capacity.free();
        if (free == 0 || quiet) {
            return;
        }
        WorkerConnection[] wanting =
                connections().filter(connection -> connection.wanted() > 0).toArray(WorkerConnection[]::new);
        for (int i = 0; i < wanting.length && free > 0; i++) {
            WorkerConnection connection = wanting[Math.floorMod(i + rotation, wanting.length)];
            int share = Math.min(connection.wanted(), (free + wanting.length - i - 1) / (wanting.length - i));
            connection.grab(share);
            capacity.asked(share);
            free -= share;
        }
        rotation++;
    }

    private @Nullable WorkerConnection connectionOf(AssignedJob job) {
        for (ServerLink link : links.links()) {
            if (link.connection() instanceof WorkerConnection connection && connection.isCurrent(job.connection())) {
                return connection;
            }
        }
        return null;
    }

    private Stream<WorkerConnection> connections() {
        return links.links().stream()
                .map(ServerLink::connection)
                .filter(WorkerConnection.class::isInstance)
                .map(WorkerConnection.class::cast);
    }

    private void endIfAlone() {
        if (ending && links.links().stream().noneMatch(ServerLink::isConnected)) {
            ended.complete(null);
        }
    }
}
