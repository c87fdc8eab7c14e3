package dev.darkroom.jobs.death;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The place in a {@link FlightRecorder} where one thread notes the job that it runs: some plain writes to mapped memory, which
 * the operating system keeps when the process dies in whatever way. Used by one thread.
 *
 * <pre>
 * bytes 0-7    0, or 1 while a job runs: written last, so that a death in between leaves no half job
 * bytes 8-15   id
 * bytes 16-19  turn
 * bytes 20-23  length of the type's name, then the name in ASCII
 * </pre>
 */
public final class FlightSlot {

    /** Notes nothing. */
    public static final FlightSlot NONE = new FlightSlot(null);

    static final int SIZE = 128;

    private static final int ID = 8;
    private static final int TURN = 16;
    private static final int LENGTH = 20;
    private static final int NAME = 24;

    private static final VarHandle STATE = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final @Nullable ByteBuffer memory;
    private @Nullable String noted;

    FlightSlot(@Nullable ByteBuffer memory) {
        this.memory = memory;
    }

    /** @param type its name, at most 64 characters */
    public void begin(long id, int turn, String type) {
        if (memory == null) {
            return;
        }
        if (!type.equals(noted)) {
            byte[] name = type.getBytes(StandardCharsets.US_ASCII);
            memory.putInt(LENGTH, name.length).put(NAME, name);
            noted = type;
        }
        memory.putLong(ID, id).putInt(TURN, turn);
        STATE.setRelease(memory, 0, 1L);
    }

    public void end() {
        if (memory != null) {
            STATE.setRelease(memory, 0, 0L);
        }
    }

    @Nullable
    RunningJob read() {
        if (memory == null || memory.getLong(0) == 0) {
            return null;
        }
        byte[] name = new byte[Math.min(SIZE - NAME, Math.max(0, memory.getInt(LENGTH)))];
        memory.get(NAME, name);
        return new RunningJob(memory.getLong(ID), memory.getInt(TURN), new String(name, StandardCharsets.US_ASCII));
    }
}
