package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through a client connection. Job servers answer the requests of a connection in their order, so the
 * oldest unanswered one is always the one meant.
 */
abstract class Request {

    private final String routingKey;
    private final @Nullable ServerLink link;
    private final PacketType answerType;
    private final long deadline;
    private final int count;
    private final int payload;
    private @Nullable Packet packet;

    /**
     * @param link the one server to ask; null where the routing key decides
     * @param deadline by {@link System#nanoTime()}
     * @param count what it takes of the {@link InFlight} requests: one, or none
     */
    Request(
            Packet packet,
            String routingKey,
            @Nullable ServerLink link,
            PacketType answerType,
            long deadline,
            int count) {
        this.packet = packet;
        this.routingKey = routingKey;
        this.link = link;
        this.answerType = answerType;
        this.deadline = deadline;
        this.count = count;
        this.payload = count == 0 ? 0 : packet.payload().length;
    }

    String routingKey() {
        return routingKey;
    }

    /** The one server to ask, or null where the routing key decides. */
    @Nullable
    ServerLink link() {
        return link;
    }

    /** What it takes of the {@link InFlight} requests: one, or none. */
    int count() {
        return count;
    }

    /** What it takes of the bytes that are {@link InFlight}. */
    int payload() {
        return payload;
    }

    boolean isDue(long now) {
        return now - deadline >= 0;
    }

    /** The packet to send; forgotten here, so that a payload is not held while its answer is awaited. */
    Packet takePacket() {
        Packet taken = packet;
        if (taken == null) {
            throw new IllegalStateException("Already sent");
        }
        packet = null;
        return taken;
    }

    /** Whether this packet can be the answer, ERROR included. */
    boolean accepts(Packet candidate) {
        return candidate.type() == answerType || candidate.type() == PacketType.ERROR;
    }

    /** @throws ProtocolException where the answer makes no sense; who waits was told so */
    void complete(ClientConnection connection, Packet candidate) {
        if (candidate.type() == PacketType.ERROR) {
            fail(new ServerErrorException(connection.server(), candidate.text(0), candidate.text(1)));
        } else {
            answered(connection, candidate);
        }
    }

    /** Whether nobody waits for the answer any more. */
    abstract boolean isOver();

    /** Tells who waits: the answer came, and is of the one type that fits. */
    protected abstract void answered(ClientConnection connection, Packet answer);

    /** Tells who waits, unless somebody was told already. */
    abstract void fail(GearmanException cause);
}
