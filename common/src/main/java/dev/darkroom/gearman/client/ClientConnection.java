package dev.darkroom.gearman.client;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.connection.ConnectionHandler;
import dev.darkroom.gearman.connection.LinkSettings;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: sends requests as fast as the socket takes them and matches answers by order. Lives on the
 * event loop. When it closes, every request that it had taken fails.
 */
final class ClientConnection extends ConnectionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final LinkSettings settings;
    private final Semaphore permits;
    private final Deque<Request<?>> unsent = new ArrayDeque<>();
    private final Deque<Request<?>> unanswered = new ArrayDeque<>();
    private int answered;

    ClientConnection(ServerLink link, LinkSettings settings, Semaphore permits) {
        super(link);
        this.settings = settings;
        this.permits = permits;
    }

    /** Takes a request over; it leaves with the next {@link #send}. */
    void add(Request<?> request) {
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
        for (Deque<Request<?>> queue : List.of(unanswered, unsent)) {
            for (Request<?> request : queue) {
                if (!request.isDue(now)) {
                    break;
                }
                due = true;
                request.fail(new AnswerTimeoutException(
                        "Job server " + link.server() + " did not answer within " + settings.answerTimeout()));
            }
        }
        if (due && now - lastRead() >= settings.answerTimeout().toNanos()) {
            abandon(new AnswerTimeoutException("nothing came for " + settings.answerTimeout()));
        }
    }

    @Override
    protected void opened() {
        if (!settings.clientId().isEmpty()) {
            output().write(Packet.request(PacketType.SET_CLIENT_ID, settings.clientId()));
        }
    }

    @Override
    protected void writable() {
        while (output().isWritable()) {
            Request<?> request = unsent.poll();
            if (request == null) {
                return;
            }
            if (request.future.isDone()) {
                permits.release();
            } else {
                output().write(request.takePacket());
                unanswered.add(request);
            }
        }
    }

    @Override
    protected void received(Packet packet) {
        Request<?> request = unanswered.peek();
        if (request != null && request.accepts(packet)) {
            unanswered.remove();
            answered++;
            request.complete(link.server(), packet);
        } else if (packet.type() == PacketType.ERROR) {
            LOG.warn("Job server {} reports {}: {}", link.server(), packet.text(0), packet.text(1));
        } else {
            abandon(new ProtocolException("unexpected " + packet.type()));
        }
    }

    @Override
    protected void readFinished() {
        if (answered > 0) {
            permits.release(answered);
            answered = 0;
        }
    }

    @Override
    protected void closed(Throwable cause) {
        permits.release(answered + unanswered.size() + unsent.size());
        answered = 0;
        ConnectionLostException lost = new ConnectionLostException(link.server(), cause);
        unanswered.forEach(request -> request.fail(lost));
        unanswered.clear();
        unsent.forEach(request -> request.fail(lost));
        unsent.clear();
    }
}
