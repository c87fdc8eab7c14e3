package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request whose answer completes a future. */
final class FutureRequest<T> extends Request {

    /** Reads the answer of the one type that fits. */
    @FunctionalInterface
    interface Answer<T> {
        T read(ClientConnection connection, Packet packet);
    }

    final CompletableFuture<T> future;
    private final Answer<T> answer;

    /**
     * A request for whichever server the key is routed to.
     *
     * @param deadline by {@link System#nanoTime()}
     * @param future completed by the answer
     */
    FutureRequest(
            Packet packet,
            String routingKey,
            PacketType answerType,
            Answer<T> answer,
            long deadline,
            CompletableFuture<T> future) {
        super(packet, routingKey, null, answerType, deadline, 1);
        this.answer = answer;
        this.future = future;
    }

    private FutureRequest(
            Packet packet,
            @Nullable ServerLink link,
            PacketType answerType,
            Answer<T> answer,
            long deadline,
            int count) {
        super(packet, "", link, answerType, deadline, count);
        this.answer = answer;
        this.future = new CompletableFuture<>();
    }

    /** A request for this very server. */
    static <T> FutureRequest<T> direct(
            Packet packet, ServerLink link, PacketType answerType, Answer<T> answer, long deadline) {
        return new FutureRequest<>(packet, link, answerType, answer, deadline, 1);
    }

    /** A request that a connection makes for itself: not one of those that are {@link InFlight}. */
    static <T> FutureRequest<T> own(
            Packet packet, ServerLink link, PacketType answerType, Answer<T> answer, long deadline) {
        return new FutureRequest<>(packet, link, answerType, answer, deadline, 0);
    }

    @Override
    boolean isOver() {
        return future.isDone();
    }

    @Override
    protected void answered(ClientConnection connection, Packet packet) {
        T value;
        try {
            value = answer.read(connection, packet);
        } catch (ProtocolException e) {
            future.completeExceptionally(e);
            throw e;
        }
        future.complete(value);
    }

    @Override
    void fail(GearmanException cause) {
        future.completeExceptionally(cause);
    }
}
