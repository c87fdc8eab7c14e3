package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job that waits or runs. Lives on the server's event loop. */
final class Job {

    /** gearmand takes keys of 64 bytes but keeps 63 of them. */
    static final int KEPT_KEY_SIZE = 63;

    /** Memory of a waiting client, estimated: entries in maps on both sides. */
    static final int CLIENT_SIZE = 128;

    /** Memory of a job beside its payload and unique key, estimated: objects, and entries in maps and queues. */
    private static final int OVERHEAD = 400;

    final FunctionQueue function;
    final Name handle;
    final Name unique;
    final Priority priority;

    /** Not handed out before, in seconds since 1970. */
    final long dueSeconds;

    private final byte[] reducer;
    private final byte[] payload;

    /** Clients that wait for the result, with how often each asked; none for a background job. */
    private @Nullable Map<ServerConnection, Integer> clients;

    /** Nobody wants it any more: it is dropped when its turn comes. Until then gearmand counts and finds it. */
    boolean ignored;

    /** Submitted without a client: gearmand shows it. */
    boolean background;

    /** Its turn among those that wait. */
    long place;

    int timesLost;
    long numerator;
    long denominator;

    @Nullable
    Ability worker;

    @Nullable
    Future<?> timer;

    /** Jobs of other functions with the same key. */
    @Nullable
    Job older;

    @Nullable
    Job newer;

    Job(FunctionQueue function, Name handle, JobQueue.Submitted submitted) {
        this.function = function;
        this.handle = handle;
        this.unique = submitted.unique();
        this.reducer = submitted.reducer();
        this.payload = submitted.payload();
        this.priority = submitted.priority();
        this.dueSeconds = submitted.dueSeconds();
    }

    byte[] payload() {
        return payload;
    }

    /** Bytes of memory, without the clients. */
    long size() {
        return (long) OVERHEAD + payload.length + unique.bytes().length + reducer.length;
    }

    Map<ServerConnection, Integer> clients() {
        return clients == null ? Map.of() : clients;
    }

    /** How many answers are waited for: a connection that asked twice waits for two. */
    int waitingClients() {
        return clients().values().stream().mapToInt(Integer::intValue).sum();
    }

    void addClient(ServerConnection client) {
        if (clients == null) {
            clients = new LinkedHashMap<>(2);
        }
        clients.merge(client, 1, Integer::sum);
    }

    /** How often it had asked. */
    int removeClient(ServerConnection client) {
        Integer times = clients == null ? null : clients.remove(client);
        return times == null ? 0 : times;
    }

    /** The packet that hands it out to who asked with this one; with a reducer only where that was asked for. */
    Packet assignment(PacketType grab) {
        byte[] name = function.name.bytes();
        if (grab == PacketType.GRAB_JOB) {
            return new Packet(Magic.RESPONSE, PacketType.JOB_ASSIGN, payload, handle.bytes(), name);
        }
        byte[] key =
                unique.bytes().length <= KEPT_KEY_SIZE ? unique.bytes() : Arrays.copyOf(unique.bytes(), KEPT_KEY_SIZE);
        return grab == PacketType.GRAB_JOB_ALL && reducer.length > 0
                ? new Packet(Magic.RESPONSE, PacketType.JOB_ASSIGN_ALL, payload, handle.bytes(), name, key, reducer)
                : new Packet(Magic.RESPONSE, PacketType.JOB_ASSIGN_UNIQ, payload, handle.bytes(), name, key);
    }

    void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
