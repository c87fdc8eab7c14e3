package dev.darkroom.jobs.death;

import dev.darkroom.jobs.ledger.WorkerSelf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * The first bytes of a {@link FlightRecorder}: whose it is.
 *
 * <pre>
 * bytes 0-7    "DARKFLT1"
 * bytes 8-15   pid
 * bytes 16-23  start of the process in milliseconds since 1970, 0 if unknown
 * bytes 24-39  id of the worker
 * bytes 40-43  number of slots
 * bytes 44-47  1 if the process has been asked to stop
 * bytes 48-    host and name in UTF-8, each after its length, cut to fit
 * </pre>
 *
 * @param startTime in milliseconds since 1970, 0 if unknown
 */
record FlightHeader(UUID worker, String name, String host, long pid, long startTime) {

    static final int SIZE = 512;

    private static final long MAGIC = 0x4441524B464C5431L;
    private static final int SLOTS = 40;
    private static final int STOPPING = 44;
    private static final int HOST = 48;
    private static final int LONGEST_TEXT = (SIZE - HOST) / 2 - Integer.BYTES;

    static FlightHeader of(WorkerSelf self) {
        return new FlightHeader(self.id(), self.name(), self.host(), self.pid(), ProcessTimes.startTime(self.pid()));
    }

    void write(ByteBuffer memory, int slots) {
        memory.putLong(8, pid).putLong(16, startTime);
        memory.putLong(24, worker.getMostSignificantBits()).putLong(32, worker.getLeastSignificantBits());
        memory.putInt(SLOTS, slots).putInt(STOPPING, 0);
        putText(memory, putText(memory, HOST, host), name);
        memory.putLong(0, MAGIC);
    }

    private static int putText(ByteBuffer memory, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] fitting = Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_TEXT));
        memory.putInt(at, fitting.length).put(at + Integer.BYTES, fitting);
        return at + Integer.BYTES + fitting.length;
    }

    static boolean isThere(ByteBuffer memory) {
        return memory.capacity() >= SIZE && memory.getLong(0) == MAGIC;
    }

    static FlightHeader read(ByteBuffer memory) {
        String host = text(memory, HOST);
        int at = HOST + Integer.BYTES + memory.getInt(HOST);
        return new FlightHeader(
                new UUID(memory.getLong(24), memory.getLong(32)),
                text(memory, at),
                host,
                memory.getLong(8),
                memory.getLong(16));
    }

    private static String text(ByteBuffer memory, int at) {
        byte[] bytes = new byte[Math.min(LONGEST_TEXT, Math.max(0, memory.getInt(at)))];
        memory.get(at + Integer.BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int slots(ByteBuffer memory) {
        return memory.getInt(SLOTS);
    }

    static void markStopping(ByteBuffer memory) {
        memory.putInt(STOPPING, 1);
    }

    static boolean isStopping(ByteBuffer memory) {
        return memory.getInt(STOPPING) != 0;
    }
}
