package dev.darkroom.gearman.client;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.connection.ConnectionHandler;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: sends requests as fast as the socket takes them and matches answers by order. Lives on the
 * event loop. When it closes, every request that it had taken fails, and so does every result that it waited for.
 */
final class ClientConnection extends ConnectionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final byte[] NOTHING = {};

    private final ClientSettings settings;
    private final InFlight inFlight;
    private final Deque<Request> unsent = new ArrayDeque<>();
    private final Deque<Request> unanswered = new ArrayDeque<>();
    private final AwaitedJobs awaited = new AwaitedJobs();
    private int answered;
    private long answeredBytes;
    private volatile boolean returning;
    private long provenSince;
    private long nextBeat;
    private boolean beating;
    private volatile @Nullable Duration roundTrip;

    ClientConnection(ServerLink link, ClientSettings settings, InFlight inFlight) {
        super(link);
        this.settings = settings;
        this.inFlight = inFlight;
    }

    ServerAddress server() {
        return link.server();
    }

    ServerLink link() {
        return link;
    }

    /** The jobs whose results come over this connection. */
    AwaitedJobs awaited() {
        return awaited;
    }

    /** How long the last heartbeat took; null before the first was answered. From any thread. */
    @Nullable
    Duration roundTrip() {
        return roundTrip;
    }

    /** Whether the server has answered on this connection. */
    boolean isProven() {
        return roundTrip != null;
    }

    /** Whether the server was never away, or has answered since. From any thread. */
    boolean isAnswering() {
        return !returning || isProven();
    }

    /**
     * The part of its keys that the server gets, 0 to 1: all from the start, but a server that was away gets none until
     * it has answered and then more and more.
     */
    double share(long now) {
        if (!returning) {
            return 1;
        }
        if (!isProven()) {
            return 0;
        }
        long rampUp = settings.rampUp().toNanos();
        return now - provenSince >= rampUp ? 1 : (double) (now - provenSince) / rampUp;
    }

    /** From now on the server gets all of its keys. */
    void giveFullShare() {
        returning = false;
    }

    /** Takes a request over; it leaves with the next {@link #send}. */
    void add(Request request) {
        unsent.add(request);
    }

    /** Sends what was added and flushes once. */
    void send() {
        writable();
        output().flush();
    }

    /** Fails what waits for too long; a server that says nothing at all for so long has gone. */
    void expire(long now) {
        boolean due = false;
        Duration answerTimeout = settings.links().answerTimeout();
        for (Deque<Request> queue : List.of(unanswered, unsent)) {
            for (Request request : queue) {
                if (!request.isDue(now)) {
                    break;
                }
                due = true;
                request.fail(new AnswerTimeoutException(
                        "Job server " + link.server() + " did not answer within " + answerTimeout));
            }
        }
        if (due && now - lastRead() >= answerTimeout.toNanos()) {
            abandon(new AnswerTimeoutException("nothing came for " + answerTimeout));
        } else if (!beating && now - nextBeat >= 0) {
            beat();
            output().flush();
        }
    }

    @Override
    protected void opened() {
        returning = link.isReturning();
        if (!settings.links().clientId().isEmpty()) {
            output().write(Packet.request(
                    PacketType.SET_CLIENT_ID, settings.links().clientId()));
        }
        askForExceptions();
        beat();
    }

    @Override
    protected void writable() {
        while (output().isWritable()) {
            Request request = unsent.poll();
            if (request == null) {
                return;
            }
            if (request.isOver()) {
                inFlight.give(request.count(), request.payload());
            } else {
                write(request);
            }
        }
    }

    @Override
    protected void received(Packet packet) {
        if (awaited.takes(packet)) {
            return;
        }
        Request request = unanswered.peek();
        if (request != null && request.accepts(packet)) {
            unanswered.remove();
            answered += request.count();
            answeredBytes += request.payload();
            request.complete(this, packet);
        } else if (packet.type() == PacketType.ERROR) {
            LOG.warn("Job server {} reports {}: {}", link.server(), packet.text(0), packet.text(1));
        } else {
            abandon(new ProtocolException("unexpected " + packet.type()));
        }
    }

    @Override
    protected void readFinished() {
        if (answered > 0) {
            inFlight.give(answered, answeredBytes);
            answered = 0;
            answeredBytes = 0;
        }
    }

    @Override
    protected void closed(Throwable cause) {
        readFinished();
        ConnectionLostException lost = new ConnectionLostException(link.server(), cause);
        for (Deque<Request> queue : List.of(unanswered, unsent)) {
            for (Request request = queue.poll(); request != null; request = queue.poll()) {
                inFlight.give(request.count(), request.payload());
                request.fail(lost);
            }
        }
        awaited.fail(lost);
    }

    private void write(Request request) {
        output().write(request.takePacket());
        unanswered.add(request);
    }

    /** Without this a job server tells of a worker's exception as of a plain failure. */
    @SuppressWarnings("FutureReturnValueIgnored") // The function given to it does not fail.
    private void askForExceptions() {
        FutureRequest<Packet> request = FutureRequest.own(
                Packet.request(PacketType.OPTION_REQ, "exceptions"),
                link,
                PacketType.OPTION_RES,
                (connection, packet) -> packet,
                settings.deadline());
        request.future.whenComplete((packet, failure) -> {
            if (failure instanceof ServerErrorException) {
                LOG.warn("Exceptions of workers will arrive as plain failures: {}", failure.getMessage());
            }
        });
        write(request);
    }

    /** Keeps an idle connection from being dropped on the way, and finds out that it was. */
    @SuppressWarnings("FutureReturnValueIgnored") // The function given to it does not fail.
    private void beat() {
        beating = true;
        long sent = System.nanoTime();
        nextBeat = sent + settings.heartbeat().toNanos();
        FutureRequest<Duration> request = FutureRequest.own(
                Packet.request(PacketType.ECHO_REQ, NOTHING),
                link,
                PacketType.ECHO_RES,
                (connection, packet) -> measured(System.nanoTime(), sent),
                settings.deadline());
        request.future.whenComplete((measured, failure) -> beating = false);
        write(request);
    }

    private Duration measured(long now, long sent) {
        if (roundTrip == null) {
            provenSince = now;
        }
        Duration measured = Duration.ofNanos(now - sent);
        roundTrip = measured;
        return measured;
    }
}
