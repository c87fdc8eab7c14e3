package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.watch.lanes.LaneName;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What travels through Gearman as the payload of a job: a header of {@value #HEADER} bytes, its lane, for a marked job its
 * deadline and its trace, then the arguments.
 *
 * <pre>
 * byte 0      version, 3
 * byte 1-2    marks, big-endian
 * bytes 3-10  id, big-endian
 * bytes 11-14 turn
 * bytes 15-18 attempt
 * 1 byte      length of the lane, then the lane in UTF-8, cut if it is longer; not there in version 2
 * 8 bytes     only if marked as expiring: its deadline, big-endian
 * 1 byte      only if marked as traced: length of the trace, then the trace in ASCII
 * then        arguments, as the type's codec wrote them
 * </pre>
 *
 * Version 2 is read too: job servers hold it while a release is rolled out, workers first.
 *
 * @param lane for what is counted by lane; empty for none
 * @param trace a W3C {@code traceparent}; there exactly if the job is marked {@link Mark#TRACED}
 * @param expiresAt microseconds since 1970 by the clock of the job's database; 0 if it is not marked {@link Mark#EXPIRES}
 */
public record JobEnvelope(
        long id,
        int turn,
        int attempt,
        JobMarks marks,
        String lane,
        @Nullable String trace,
        long expiresAt,
        byte[] arguments) {

    static final int HEADER = 19;
    private static final byte VERSION = 3;
    private static final byte VERSION_WITHOUT_LANE = 2;
    private static final ByteBuffer NO_LANE = ByteBuffer.allocate(0);
    private static final int LONGEST_TRACE = 255;

    /** @throws IllegalArgumentException if what the marks say is not there, or something is there that they don't say */
    public JobEnvelope {
        if ((trace != null) != marks.has(Mark.TRACED)) {
            throw new IllegalArgumentException("Job " + id + " has a trace and is not marked so, or the reverse");
        }
        if (trace != null && trace.length() > LONGEST_TRACE) {
            throw new IllegalArgumentException("The trace of job " + id + " has over " + LONGEST_TRACE + " characters");
        }
        if (expiresAt != 0 && !marks.has(Mark.EXPIRES)) {
            throw new IllegalArgumentException("Job " + id + " has a deadline and is not marked so");
        }
    }

    /** Of a job without a lane and without a deadline. */
    public JobEnvelope(long id, int turn, int attempt, JobMarks marks, @Nullable String trace, byte[] arguments) {
        this(id, turn, attempt, marks, "", trace, 0, arguments);
    }

    public byte[] encode() {
        byte[] traced = trace == null ? null : trace.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer laned = lane.isEmpty() ? NO_LANE : LaneName.bytes(lane);
        int extra = 1
                + laned.remaining()
                + (traced == null ? 0 : 1 + traced.length)
                + (marks.has(Mark.EXPIRES) ? Long.BYTES : 0);
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + extra + arguments.length)
                .put(VERSION)
                .putShort((short) marks.bits())
                .putLong(id)
                .putInt(turn)
                .putInt(attempt)
                .put((byte) laned.remaining());
        if (!lane.isEmpty()) {
            buffer.put(laned);
        }
        if (marks.has(Mark.EXPIRES)) {
            buffer.putLong(expiresAt);
        }
        if (traced != null) {
            buffer.put((byte) traced.length).put(traced);
        }
        return buffer.put(arguments).array();
    }

    /** @throws JobException if the payload was not made by {@link #encode}: whoever submitted it is not of this system */
    public static JobEnvelope decode(byte[] payload) {
        if (payload.length < HEADER || (payload[0] != VERSION && payload[0] != VERSION_WITHOUT_LANE)) {
            throw new JobException("Not a job of this system: " + payload.length + " bytes, version "
                    + (payload.length == 0 ? "none" : payload[0]));
        }
        // Byte by byte: without the JVM's full compiler each read from a buffer costs as much as all of these.
        JobMarks marks = JobMarks.ofBits(((payload[1] & 0xff) << Byte.SIZE) | (payload[2] & 0xff));
        long id = ((long) intAt(payload, 3) << Integer.SIZE) | (intAt(payload, 7) & 0xffff_ffffL);
        int turn = intAt(payload, 11);
        int attempt = intAt(payload, 15);
        ByteBuffer buffer = ByteBuffer.wrap(payload, HEADER, payload.length - HEADER);
        String lane = payload[0] == VERSION ? text(buffer, "lane", StandardCharsets.UTF_8) : "";
        long expiresAt = marks.has(Mark.EXPIRES) ? deadline(buffer) : 0;
        String trace = marks.has(Mark.TRACED) ? text(buffer, "trace", StandardCharsets.US_ASCII) : null;
        byte[] arguments = Arrays.copyOfRange(payload, buffer.position(), payload.length);
        return new JobEnvelope(id, turn, attempt, marks, lane, trace, expiresAt, arguments);
    }

    private static int intAt(byte[] bytes, int index) {
        return (bytes[index] << 24)
                | ((bytes[index + 1] & 0xff) << 16)
                | ((bytes[index + 2] & 0xff) << 8)
                | (bytes[index + 3] & 0xff);
    }

    private static long deadline(ByteBuffer buffer) {
        if (buffer.remaining() < Long.BYTES) {
            throw new JobException("Not a job of this system: its deadline is cut off");
        }
        return buffer.getLong();
    }

    private static String text(ByteBuffer buffer, String what, Charset charset) {
        int length = buffer.hasRemaining() ? Byte.toUnsignedInt(buffer.get()) : Integer.MAX_VALUE;
        if (length > buffer.remaining()) {
            throw new JobException("Not a job of this system: its " + what + " is cut off");
        }
        if (length == 0) {
            return "";
        }
        String text = new String(buffer.array(), buffer.arrayOffset() + buffer.position(), length, charset);
        buffer.position(buffer.position() + length);
        return text;
    }

    /** Gearman's unique key of one turn of a job: a re-dispatch is coalesced with it, a retry is not. At most 31 bytes. */
    public static String uniqueKey(long id, int turn) {
        return id + "." + turn;
    }
}
