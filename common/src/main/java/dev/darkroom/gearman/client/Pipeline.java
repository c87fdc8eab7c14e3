package dev.darkroom.gearman.client;

import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.ServerLink;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the requests of all threads to the connections: gathered in one queue, routed and flushed once per event-loop
 * turn. Thread-safe. Every request given to it ends, whatever happens, and what it takes of {@link InFlight} is given
 * back.
 */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** Requests sent in one turn before answers are read: keeps one busy submitter from starving the reads. */
    private static final int TURN = 4096;

    private final ClientSettings settings;
    private final InFlight inFlight;
    private final LinkSet links;
    private final EventLoop loop;
    private final Routing routing;
    private final Queue<Request> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private final Future<?> sweeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    Pipeline(ClientSettings settings, InFlight inFlight) {
        this.settings = settings;
        this.inFlight = inFlight;
        links = new LinkSet(
                "gearman-client",
                settings.links(),
                settings.sharedLoops(),
                settings.listener(),
                link -> new ClientConnection(link, settings, inFlight));
        loop = links.loop();
        routing = new Routing(links.links());
        links.connect();
        long shortest = Math.min(
                settings.links().answerTimeout().toMillis(),
                settings.heartbeat().toMillis());
        long sweep = Math.max(5, shortest / 20);
        sweeper = loop.scheduleAtFixedRate(this::expire, sweep, sweep, TimeUnit.MILLISECONDS);
    }

    LinkSet links() {
        return links;
    }

    boolean isOwnThread() {
        return loop.inEventLoop();
    }

    <T> CompletableFuture<T> enqueue(FutureRequest<T> request) {
        submitted.add(request);
        turnSoon();
        return request.future;
    }

    void enqueue(List<Request> requests) {
        submitted.addAll(requests);
        turnSoon();
    }

    private void turnSoon() {
        if (closed.get()) {
            rejectSubmitted();
        } else if (!turnScheduled.get() && turnScheduled.compareAndSet(false, true)) {
            scheduleTurn();
        }
    }

    /** Runs this once on the event loop, unless the future is completed before. */
    @SuppressWarnings("FutureReturnValueIgnored") // The function given to it does not fail.
    void after(Duration wait, CompletableFuture<?> unlessDone, Runnable action) {
        try {
            Future<?> timer = loop.schedule(action, wait.toNanos(), TimeUnit.NANOSECONDS);
            unlessDone.whenComplete((value, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            LOG.debug("No time-out is set, the client was closed in the meantime");
        }
    }

    void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        sweeper.cancel(false);
        scheduleTurn();
        links.shutDown();
        rejectSubmitted();
    }

    NotConnectedException noServer() {
        return new NotConnectedException("None of the job servers "
                + settings.links().servers() + " is connected; nothing was sent. Try again once one is.");
    }

    private void scheduleTurn() {
        try {
            loop.execute(this::turn);
        } catch (RejectedExecutionException e) {
            turnScheduled.set(false);
            rejectSubmitted();
        }
    }

    private void turn() {
        turnScheduled.set(false);
        routing.refresh(System.nanoTime());
        for (int i = 0; i < TURN; i++) {
            Request request = submitted.poll();
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

    private void route(Request request) {
        ServerLink link = request.link() == null ? routing.choose(request.routingKey()) : request.link();
        if (link != null && link.connection() instanceof ClientConnection connection) {
            connection.add(request);
        } else {
            refuse(request, noServer());
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
        for (Request request = submitted.poll(); request != null; request = submitted.poll()) {
            refuse(request, closed());
        }
    }

    NotConnectedException closed() {
        return new NotConnectedException("This client is closed; nothing was sent");
    }

    private void refuse(Request request, NotConnectedException why) {
        inFlight.give(request.count(), request.payload());
        request.fail(why);
    }
}
