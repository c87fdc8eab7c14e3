package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionHandler;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.LinkSettings;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * sends answers. Only {@link #answer}, {@link #tell}, {@link #turnSoon} and
 * {@link #execute} may be called from other threads.
 */
final class WorkerCore {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerCore.class);

    /** What other threads ask for, done in the order in which it was asked. */
    private sealed interface Message {}

    /** All done: of thousands of short jobs the queue would else be a part of the cost. */
    private record Completions(List<AssignedJob> jobs) implements Message {}

    /** What is to be sent about a job; the last of it ends the job. */
    private record JobMessage(AssignedJob job, Packet packet, boolean last) implements Message {}

    private record Change(Runnable change) implements Message {}

    private final LinkSettings settings;
    private final Duration regrabInterval;
    private final GrabForm grabForm;
    private final JobReceiver receiver;
    private final WorkerListener listener;
    private final Capacity capacity;
    private final LinkSet links;
    private final Map<String, Ability> abilities;
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private final CompletableFuture<Void> noMoreJobs = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean quiet;
    private boolean ending;
    private long share;

    WorkerCore(GearmanWorker.Builder builder, JobReceiver receiver) {
        this.receiver = receiver;
        settings = builder.settings();
        regrabInterval = builder.regrabInterval;
        grabForm = builder.grabForm;
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

    /** Functions to do at the moment. The connections read it; changed here alone. */
    Map<String, Ability> abilities() {
        return abilities;
    }

    GrabForm grabForm() {
        return grabForm;
    }

    String clientId() {
        return settings.clientId();
    }

    /** Completed once no further job can come. */
    CompletableFuture<Void> noMoreJobs() {
        return noMoreJobs;
    }

    /** Completed once no further job can come and none is held. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    /** Completed once every connection has closed after {@link #end}. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Queues the end of a job; it leaves with the next turn. */
    void answer(AssignedJob job, Packet packet) {
        offer(new JobMessage(job, packet, true));
    }

    /** Queues the end of jobs that are done; it leaves with the next turn. */
    void complete(List<AssignedJob> jobs) {
        offer(new Completions(jobs));
    }

    /** Queues a message about a job that goes on. */
    void tell(AssignedJob job, Packet packet) {
        offer(new JobMessage(job, packet, false));
    }

    private void offer(Message message) {
        messages.add(message);
        turnSoon();
    }

    void turnSoon() {
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
            for (Message message = messages.poll(); message != null; message = messages.poll()) {
                jobsOf(message).forEach(job -> drop(job, "the worker is closed"));
            }
        }
    }

    private static List<AssignedJob> jobsOf(Message message) {
        if (message instanceof Completions completions) {
            return completions.jobs();
        }
        return message instanceof JobMessage ofJob ? List.of(ofJob.job()) : List.of();
    }

    /** Adds a function or changes it, from any thread: before what that thread says of jobs afterwards. */
    void add(Ability ability) {
        offer(new Change(() -> {
            abilities.put(ability.function(), ability);
            changed(ability.function());
        }));
    }

    /** Takes a function back; otherwise as {@link #add}. */
    void remove(String function) {
        offer(new Change(() -> {
            abilities.remove(function);
            changed(function);
        }));
    }

    private void changed(String function) {
        if (!quiet) {
            connections().forEach(connection -> connection.changed(function));
        }
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

    void deliver(AssignedJob job) {
        try {
            receiver.receive(job);
        } catch (RuntimeException e) {
            LOG.error("The receiver of jobs failed; failing job {}", job, e);
            answer(job, GearmanWorker.failure(job));
        }
    }

    void serverError(ServerAddress server, String code, String text) {
        LOG.warn("Job server {} reports {}: {}", server, code, text);
        tell(() -> listener.serverError(server, code, text));
    }

    void lost() {
        endIfAlone();
        turn();
    }

    /** Sends what waits, asks for what there is room for; one flush a connection. */
    void turn() {
        turnScheduled.set(false);
        for (Message message = messages.poll(); message != null; message = messages.poll()) {
            heed(message);
        }
        shareOut();
        connections().forEach(WorkerConnection::settle);
        if (quiet && capacity.asked() == 0) {
            noMoreJobs.complete(null);
            if (capacity.held() == 0) {
                drained.complete(null);
            }
        }
    }

    private void heed(Message message) {
        if (message instanceof Completions completions) {
            for (AssignedJob job : completions.jobs()) {
                send(job, GearmanWorker.completion(job), true);
            }
        } else if (message instanceof JobMessage ofJob) {
            send(ofJob.job(), ofJob.packet(), ofJob.last());
        } else {
            ((Change) message).change().run();
        }
    }

    private void send(AssignedJob job, Packet packet, boolean last) {
        if (last ? !job.takeAnswer() : job.isAnswered()) {
            drop(job, "it was answered before");
            return;
        }
        if (last) {
            capacity.released();
        }
        WorkerConnection connection = connectionOf(job);
        if (connection == null) {
            drop(job, "its connection is gone");
        } else if (last) {
            connection.answer(job, packet);
        } else {
            connection.tell(packet);
        }
    }

    private void drop(AssignedJob job, String reason) {
        LOG.debug("Nothing was sent about job {}: {}", job, reason);
        tell(() -> listener.answerDropped(job, reason));
    }

    /** Keeps a listener's failure from ending the turn that it is told in. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A worker's listener failed; going on without it", e);
        }
    }

    /**
     * Gives each free place to the connection that has the fewest of those that want one; among equals, to the one that
     * has waited longest. So a slow or silent server holds no more than its part while the others have jobs.
     */
    private void shareOut() {
        int free = capacity.free();
        if (free == 0 || quiet) {
            return;
        }
        List<Share> shares = new ArrayList<>();
        for (ServerLink link : links.links()) {
            if (link.connection() instanceof WorkerConnection connection && connection.wanted() > 0) {
                shares.add(new Share(connection));
            }
        }
        if (shares.size() == 1) {
            shares.get(0).granted = Math.min(free, shares.get(0).wanted);
        } else {
            shares.sort(Comparator.comparingLong(candidate -> candidate.connection.lastShare()));
            for (int places = free; places > 0; places--) {
                Share next = neediest(shares);
                if (next == null) {
                    break;
                }
                next.granted++;
            }
        }
        for (Share granted : shares) {
            if (granted.granted > 0) {
                granted.connection.grab(granted.granted, ++share);
                capacity.asked(granted.granted);
            }
        }
    }

    private static @Nullable Share neediest(List<Share> shares) {
        Share neediest = null;
        for (Share candidate : shares) {
            if (candidate.granted < candidate.wanted
                    && (neediest == null || candidate.load + candidate.granted < neediest.load + neediest.granted)) {
                neediest = candidate;
            }
        }
        return neediest;
    }

    /** What one connection gets of the free capacity. */
    private static final class Share {

        private final WorkerConnection connection;
        private final int wanted;
        private final int load;
        private int granted;

        Share(WorkerConnection connection) {
            this.connection = connection;
            this.wanted = connection.wanted();
            this.load = connection.load();
        }
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
