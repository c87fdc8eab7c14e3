package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through a client connection and the future that its answer completes. Job servers answer the
 * requests of a connection in their order, so the oldest unanswered one is always the one meant.
 */
final class Request<T> {

    /** Reads the answer of the one type that fits. */
    @FunctionalInterface
    interface Answer<T> {
        T read(ClientConnection connection, Packet packet);
    }

    final CompletableFuture<T> future;
    private final String routingKey;
    private final @Nullable ServerLink link;
    private final PacketType answerType;
    private final Answer<T> answer;
    private final long deadline;
    private final int count;
    private final int payload;
    private @Nullable Packet packet;

    /**
     * A request for whichever server the key is routed to.
     *
     * @param deadline by {@link System#nanoTime()}
     * @param future completed by the answer
     */
    Request(
            Packet packet,
            String routingKey,
            PacketType answerType,
            Answer<T> answer,
            long deadline,
            CompletableFuture<T> future) {
        this(packet, routingKey, null, answerType, answer, deadline, future, 1);
    }

    private Request(
            Packet packet,
            String routingKey,
            @Nullable ServerLink link,
            PacketType answerType,
            Answer<T> answer,
            long deadline,
            CompletableFuture<T> future,
            int count) {
        this.packet = packet;
        this.routingKey = routingKey;
        this.link = link;
        this.answerType = answerType;
        this.answer = answer;
        this.deadline = deadline;
        this.future = future;
        this.count = count;
        this.payload = count == 0 ? 0 : packet.payload().length;
    }

    /** A request for this very server. */
    static <T> Request<T> direct(
            Packet packet, ServerLink link, PacketType answerType, Answer<T> answer, long deadline) {
        return new Request<>(packet, "", link, answerType, answer, deadline, new CompletableFuture<>(), 1);
    }

    /** A request that a connection makes for itself: not one of those that are {@link InFlight}. */
    static <T> Request<T> own(Packet packet, ServerLink link, PacketType answerType, Answer<T> answer, long deadline) {
        return new Request<>(packet, "", link, answerType, answer, deadline, new CompletableFuture<>(), 0);
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

    /** @throws ProtocolException where the answer makes no sense; the future has failed with it */
    void complete(ClientConnection connection, Packet candidate) {
        if (candidate.type() == PacketType.ERROR) {
            future.completeExceptionally(
                    new ServerErrorException(connection.server(), candidate.text(0), candidate.text(1)));
            return;
        }
        T value;
        try {
            value = answer.read(connection, candidate);
        } catch (ProtocolException e) {
            future.completeExceptionally(e);
            throw e;
        }
        future.complete(value);
    }

    void fail(GearmanException cause) {
        future.completeExceptionally(cause);
    }
}
