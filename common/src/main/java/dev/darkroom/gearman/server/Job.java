package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job that waits or runs. Lives on the server's event loop. */
final class Job {

    /** Memory of a job beside its payload and unique key, estimated: objects, and entries in maps and queues. */
    private static final int OVERHEAD = 400;

    private static final byte[] ZERO = {'0'};

    final FunctionQueue function;
    final Name handle;
    final Name unique;
    final Priority priority;
    private final byte[] reducer;
    private final byte[] payload;

    /** Clients that wait for the result; none for a background job. */
    final List<ServerConnection> clients = new ArrayList<>(0);

    /** Somebody wants it done whether or not a client waits. */
    boolean background;

    /** Finished or cancelled; may still lie in a queue, where it is skipped. */
    boolean gone;

    int timesLost;
    byte[] numerator = ZERO;
    byte[] denominator = ZERO;

    @Nullable
    ServerConnection worker;

    @Nullable
    Future<?> timer;

    Job(FunctionQueue function, Name handle, JobQueue.Submitted submitted) {
        this.function = function;
        this.handle = handle;
        this.unique = submitted.unique();
        this.reducer = submitted.reducer();
        this.payload = submitted.payload();
        this.priority = submitted.priority();
    }

    long size() {
        return (long) OVERHEAD + payload.length + unique.bytes().length;
    }

    /** The packet that hands it out to who asked with this one; as in gearmand JOB_ASSIGN_ALL only with a reducer. */
    Packet assignment(PacketType grab) {
        byte[] name = function.name.bytes();
        if (grab == PacketType.GRAB_JOB) {
            return new Packet(Magic.RESPONSE, PacketType.JOB_ASSIGN, payload, handle.bytes(), name);
        }
        if (grab == PacketType.GRAB_JOB_ALL && reducer.length > 0) {
            return new Packet(
                    Magic.RESPONSE, PacketType.JOB_ASSIGN_ALL, payload, handle.bytes(), name, unique.bytes(), reducer);
        }
        return new Packet(Magic.RESPONSE, PacketType.JOB_ASSIGN_UNIQ, payload, handle.bytes(), name, unique.bytes());
    }

    /** Back to where it was before it was handed out. */
    void takeFromWorker() {
        stopTimer();
        worker = null;
        numerator = ZERO;
        denominator = ZERO;
    }

    void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
