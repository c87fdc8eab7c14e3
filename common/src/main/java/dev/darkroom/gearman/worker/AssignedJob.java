package dev.darkroom.gearman.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.connection.ConnectionId;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;

/**
 * A job that a job server gave to this worker. It is the worker's until it is completed, failed, or its connection is
 * lost; then the server gives it to someone else.
 */
public final class AssignedJob {

    private final ConnectionId connection;
    /** As the server sent it: read as text only when somebody asks, sent back as it came. */
    private final byte[] handle;

    private final String function;
    private final String uniqueKey;
    private final String reducer;
    private final byte[] payload;
    /** Touched on the worker's event loop only. */
    private boolean answered;

    public AssignedJob(ConnectionId connection, String handle, String function, String uniqueKey, byte[] payload) {
        this(connection, handle.getBytes(ISO_8859_1), function, uniqueKey, "", payload);
    }

    private AssignedJob(
            ConnectionId connection, byte[] handle, String function, String uniqueKey, String reducer, byte[] payload) {
        this.connection = connection;
        this.handle = handle;
        this.function = function;
        this.uniqueKey = uniqueKey;
        this.reducer = reducer;
        this.payload = payload;
    }

    /** Reads JOB_ASSIGN, JOB_ASSIGN_UNIQ or JOB_ASSIGN_ALL: which one comes is up to the server, whatever was asked. */
    static AssignedJob read(ConnectionId connection, Packet packet) {
        PacketType type = packet.type();
        return new AssignedJob(
                connection,
                packet.argument(0),
                packet.text(1),
                type == PacketType.JOB_ASSIGN ? "" : packet.text(2),
                type == PacketType.JOB_ASSIGN_ALL ? packet.text(3) : "",
                packet.payload());
    }

    public JobHandle handle() {
        return new JobHandle(connection.server(), new String(handle, ISO_8859_1));
    }

    /** The bytes of the handle. Not a copy. */
    byte[] rawHandle() {
        return handle;
    }

    public String function() {
        return function;
    }

    /** Empty where the client gave none, or where jobs are grabbed with {@link GrabForm#GRAB_JOB}. */
    public String uniqueKey() {
        return uniqueKey;
    }

    /**
     * The function that is to reduce the results of this one; known with {@link GrabForm#GRAB_JOB_ALL} only, else empty,
     * as it is for jobs without a reducer.
     */
    public String reducer() {
        return reducer;
    }

    /** As the client sent it. Not a copy. */
    public byte[] payload() {
        return payload;
    }

    public ConnectionId connection() {
        return connection;
    }

    boolean isAnswered() {
        return answered;
    }

    /** True for the first caller only. */
    boolean takeAnswer() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    @Override
    public String toString() {
        return function + " " + handle() + (uniqueKey.isEmpty() ? "" : " " + uniqueKey);
    }
}
