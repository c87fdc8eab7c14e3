package dev.darkroom.gearman.client;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.LinkBuilder;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.LinkSettings;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Submits jobs to job servers, pipelined: requests of all threads share one connection per server and leave with one
 * flush per event-loop turn. Thread-safe. Futures are completed on the event loop, so what hangs on them must not
 * block. Connects at once and again until closed; closing fails what is unanswered.
 */
public final class GearmanClient implements AutoCloseable {

    /** Requests sent in one turn before answers are read: keeps one busy submitter from starving the reads. */
    private static final int TURN = 4096;

    private final LinkSettings settings;
    private final int maxInFlight;
    private final Semaphore permits;
    private final LinkSet links;
    private final EventLoop loop;
    private final Routing routing;
    private final Queue<Request<?>> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private final Future<?> sweeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GearmanClient(Builder builder) {
        settings = builder.settings();
        maxInFlight = builder.maxInFlight;
        permits = new Semaphore(maxInFlight);
        links = new LinkSet(
                "gearman-client",
                settings,
                builder.sharedLoops(),
                builder.listener,
                link -> new ClientConnection(link, settings, permits));
        loop = links.loop();
        routing = new Routing(links.links());
        links.connect();
        long sweep = Math.max(5, settings.answerTimeout().toMillis() / 20);
        sweeper = loop.scheduleAtFixedRate(this::expire, sweep, sweep, TimeUnit.MILLISECONDS);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Submits a background job. Never blocks.
     *
     * @return the job's handle; or fails with {@link TooManyInFlightException} or {@link NotConnectedException} (not
     *     sent), {@link ServerErrorException} (refused), {@link AnswerTimeoutException} or
     *     {@link ConnectionLostException} (unknown)
     */
    public CompletableFuture<JobHandle> submitBackground(Submission submission) {
        return permits.tryAcquire() ? enqueue(request(submission)) : tooMany();
    }

    /** As {@link #submitBackground}, but waits while too many submissions are in flight. */
    public CompletableFuture<JobHandle> submitBackgroundWaiting(Submission submission) throws InterruptedException {
        permits.acquire();
        return enqueue(request(submission));
    }

    /**
     * Asks every connected job server for a unique key, whatever the function; a key that any of them knows is known.
     * Fails as {@link #submitBackground} does.
     */
    public CompletableFuture<UniqueStatus> statusOfUnique(String uniqueKey) {
        List<ServerLink> connected =
                links.links().stream().filter(ServerLink::isConnected).toList();
        if (connected.isEmpty()) {
            return CompletableFuture.failedFuture(noServer());
        }
        CompletableFuture<UniqueStatus> merged = CompletableFuture.completedFuture(UniqueStatus.UNKNOWN);
        for (ServerLink link : connected) {
            merged = merged.thenCombine(statusOfUnique(uniqueKey, link), UniqueStatus::orIfUnknown);
        }
        return merged;
    }

    public boolean isConnected() {
        return links.links().stream().anyMatch(ServerLink::isConnected);
    }

    public Set<ServerAddress> connectedServers() {
        return links.connected();
    }

    /** Waits for the first connection; false where none came in time. */
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return links.awaitConnected(timeout);
    }

    /** How many requests wait for their answer. */
    public int inFlight() {
        return maxInFlight - permits.availablePermits();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        sweeper.cancel(false);
        scheduleTurn();
        links.shutDown();
        rejectSubmitted();
    }

    private CompletableFuture<UniqueStatus> statusOfUnique(String uniqueKey, ServerLink link) {
        if (!permits.tryAcquire()) {
            return tooMany();
        }
        return enqueue(new Request<>(
                Packet.request(PacketType.GET_STATUS_UNIQUE, uniqueKey),
                link,
                PacketType.STATUS_RES_UNIQUE,
                (server, packet) -> UniqueStatus.read(packet),
                deadline()));
    }

    private Request<JobHandle> request(Submission submission) {
        return new Request<>(
                Packet.request(
                        PacketType.background(submission.priority()),
                        submission.payload(),
                        submission.function(),
                        submission.uniqueKey()),
                submission.uniqueKey(),
                PacketType.JOB_CREATED,
                (server, packet) -> new JobHandle(server, packet.handle()),
                deadline());
    }

    private long deadline() {
        return System.nanoTime() + settings.answerTimeout().toNanos();
    }

    private <T> CompletableFuture<T> enqueue(Request<T> request) {
        submitted.add(request);
        if (!turnScheduled.get() && turnScheduled.compareAndSet(false, true)) {
            scheduleTurn();
        }
        return request.future;
    }

    private void scheduleTurn() {
        try {
            loop.execute(this::turn);
        } catch (RejectedExecutionException e) {
            rejectSubmitted();
        }
    }

    private void turn() {
        turnScheduled.set(false);
        routing.refresh();
        for (int i = 0; i < TURN; i++) {
            Request<?> request = submitted.poll();
            if (request == null) {
                break;
            }
            route(request);
        }
        for (ServerLink link : links.links()) {
            if (link.connection() instanceof ClientConnection connection) {
                connection.send();
            }
        }
        if (!submitted.isEmpty() && turnScheduled.compareAndSet(false, true)) {
            scheduleTurn();
        }
    }

    private void route(Request<?> request) {
        ServerLink link = request.link() == null ? routing.choose(request.routingKey()) : request.link();
        if (link != null && link.connection() instanceof ClientConnection connection) {
            connection.add(request);
        } else {
            permits.release();
            request.fail(noServer());
        }
    }

    private void expire() {
        long now = System.nanoTime();
        for (ServerLink link : links.links()) {
            if (link.connection() instanceof ClientConnection connection) {
                connection.expire(now);
            }
        }
    }

    private void rejectSubmitted() {
        for (Request<?> request = submitted.poll(); request != null; request = submitted.poll()) {
            permits.release();
            request.fail(new NotConnectedException("This client is closed; nothing was sent"));
        }
    }

    private NotConnectedException noServer() {
        return new NotConnectedException("None of the job servers " + settings.servers()
                + " is connected; nothing was sent. Try again once one is.");
    }

    private <T> CompletableFuture<T> tooMany() {
        return CompletableFuture.failedFuture(new TooManyInFlightException(
                maxInFlight + " requests wait for their answer, which is the limit; nothing was sent"));
    }

    /** Settings of a client. */
    public static final class Builder extends LinkBuilder<Builder> {

        private int maxInFlight = 8192;
        private ConnectionListener listener = ConnectionListener.NONE;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** How many requests may wait for their answer at once. Default 8192. */
        public Builder maxInFlight(int requests) {
            if (requests < 1) {
                throw new IllegalArgumentException("At least one request must be allowed in flight: " + requests);
            }
            maxInFlight = requests;
            return this;
        }

        public Builder listener(ConnectionListener value) {
            listener = value;
            return this;
        }

        /** Starts to connect and returns at once. */
        public GearmanClient build() {
            return new GearmanClient(this);
        }
    }
}
