package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobException;
import java.nio.ByteBuffer;

/**
 * What travels through Gearman as the payload of a job: a header of {@value #HEADER} bytes, then the arguments.
 *
 * <pre>
 * byte 0      version, 1
 * bytes 1-8   id, big-endian
 * bytes 9-12  turn
 * bytes 13-16 attempt
 * bytes 17-   arguments, as the type's codec wrote them
 * </pre>
 */
public record JobEnvelope(long id, int turn, int attempt, byte[] arguments) {

    static final int HEADER = 17;
    private static final byte VERSION = 1;

    public byte[] encode() {
        return ByteBuffer.allocate(HEADER + arguments.length)
                .put(VERSION)
                .putLong(id)
                .putInt(turn)
                .putInt(attempt)
                .put(arguments)
                .array();
    }

    /** @throws JobException if the payload was not made by {@link #encode}: whoever submitted it is not of this system */
    public static JobEnvelope decode(byte[] payload) {
        if (payload.length < HEADER || payload[0] != VERSION) {
            throw new JobException("Not a job of this system: " + payload.length + " bytes, version "
                    + (payload.length == 0 ? "none" : payload[0]));
        }
        ByteBuffer buffer = ByteBuffer.wrap(payload, 1, payload.length - 1);
        long id = buffer.getLong();
        int turn = buffer.getInt();
        int attempt = buffer.getInt();
        byte[] arguments = new byte[buffer.remaining()];
        buffer.get(arguments);
        return new JobEnvelope(id, turn, attempt, arguments);
    }

    /** Gearman's unique key of one turn of a job: a re-dispatch is coalesced with it, a retry is not. At most 31 bytes. */
    public static String uniqueKey(long id, int turn) {
        return id + "." + turn;
    }
}
