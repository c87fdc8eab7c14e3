package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.ServerAddress;
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
        T read(ServerAddress server, Packet packet);
    }

    final CompletableFuture<T> future = new CompletableFuture<>();
    private final String routingKey;
    private final @Nullable ServerLink link;
    private final PacketType answerType;
    private final Answer<T> answer;
    private final long deadline;
    private @Nullable Packet packet;

    /**
     * A request for whichever server the key is routed to.
     *
     * @param deadline by {@link System#nanoTime()}
     */
    Request(Packet packet, String routingKey, PacketType answerType, Answer<T> answer, long deadline) {
        this(packet, routingKey, null, answerType, answer, deadline);
    }

    /** A request for this very server. */
    Request(Packet packet, ServerLink link, PacketType answerType, Answer<T> answer, long deadline) {
        this(packet, "", link, answerType, answer, deadline);
    }

    private Request(
            Packet packet,
            String routingKey,
            @Nullable ServerLink link,
            PacketType answerType,
            Answer<T> answer,
            long deadline) {
        this.packet = packet;
        this.routingKey = routingKey;
        this.link = link;
        this.answerType = answerType;
        this.answer = answer;
        this.deadline = deadline;
    }

    String routingKey() {
        return routingKey;
    }

    /** The one server to ask, or null where the routing key decides. */
    @Nullable
    ServerLink link() {
        return link;
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
    void complete(ServerAddress server, Packet candidate) {
        if (candidate.type() == PacketType.ERROR) {
            future.completeExceptionally(new ServerErrorException(server, candidate.text(0), candidate.text(1)));
            return;
        }
        try {
            future.complete(answer.read(server, candidate));
        } catch (ProtocolException e) {
            future.completeExceptionally(e);
            throw e;
        }
    }

    void fail(GearmanException cause) {
        future.completeExceptionally(cause);
    }
}
