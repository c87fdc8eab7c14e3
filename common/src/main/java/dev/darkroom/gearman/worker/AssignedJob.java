package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.connection.ConnectionId;

/**
 * A job that a job server gave to this worker. It is the worker's until it is completed, failed, or its connection is
 * lost; then the server gives it to someone else.
 */
public final class AssignedJob {

    private final ConnectionId connection;
    private final JobHandle handle;
    private final String function;
    private final String uniqueKey;
    private final byte[] payload;
    /** Touched on the worker's event loop only. */
    private boolean answered;

    public AssignedJob(ConnectionId connection, String handle, String function, String uniqueKey, byte[] payload) {
        this.connection = connection;
        this.handle = new JobHandle(connection.server(), handle);
        this.function = function;
        this.uniqueKey = uniqueKey;
        this.payload = payload;
    }

    public JobHandle handle() {
        return handle;
    }

    public String function() {
        return function;
    }

    /** Empty where the client gave none. */
    public String uniqueKey() {
        return uniqueKey;
    }

    /** As the client sent it. Not a copy. */
    public byte[] payload() {
        return payload;
    }

    public ConnectionId connection() {
        return connection;
    }

    /** True for the first caller only. */
    boolean takeAnswer() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    @Override
    public String toString() {
        return function + " " + handle + (uniqueKey.isEmpty() ? "" : " " + uniqueKey);
    }
}
