package dev.darkroom.jobs.death;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.WorkerSelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a process notes the jobs that it runs, at their start and at their end: mapped memory, so that a note
 * costs nanoseconds and outlives the process, whichever way it dies. Whoever finds the process dead reads it. An orderly end
 * deletes it. Thread-safe; each slot is used by one thread.
 */
public final class FlightRecorder implements AutoCloseable {

    /** For a process that keeps no record: what runs in it when it dies is found by its heartbeat alone. */
    public static final FlightRecorder NONE = new FlightRecorder(null, null, 0);

    /** Threads that were given up keep their slots, and others take their place. */
    private static final int SLOTS_A_THREAD = 8;

    private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);

    private final @Nullable Path file;
    private final @Nullable MappedByteBuffer memory;
    private final int slots;
    private final AtomicInteger taken = new AtomicInteger();

    private FlightRecorder(@Nullable Path file, @Nullable MappedByteBuffer memory, int slots) {
        this.file = file;
        this.memory = memory;
        this.slots = slots;
    }

    /** @throws JobException if the file can't be made: see that the folder is writable and its disk has room */
    static FlightRecorder create(Path file, WorkerSelf self) {
        int slots = self.threads() * SLOTS_A_THREAD;
        int size = FlightHeader.SIZE + slots * FlightSlot.SIZE;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Room on the disk is taken now: a mapped page without any would end the process when it is first written.
            channel.write(ByteBuffer.allocate(size));
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            FlightHeader.of(self).write(memory, slots);
            return new FlightRecorder(file, memory, slots);
        } catch (IOException e) {
            throw new JobException("The flight recorder " + file + " can't be made: " + e.getMessage(), e);
        }
    }

    /** A slot for one more thread. */
    public FlightSlot slot() {
        MappedByteBuffer all = memory;
        if (all == null) {
            return FlightSlot.NONE;
        }
        int index = taken.getAndIncrement();
        if (index >= slots) {
            LOG.warn(
                    "The flight recorder has no slot for one more thread: what it runs is known by the heartbeat alone");
            return FlightSlot.NONE;
        }
        return new FlightSlot(all.slice(FlightHeader.SIZE + index * FlightSlot.SIZE, FlightSlot.SIZE));
    }

    /** From now on a kill of this process is part of its stop and says nothing about its jobs. */
    public void stopping() {
        if (memory != null) {
            FlightHeader.markStopping(memory);
        }
    }

    /** The process ends in order: nothing is left to be read. */
    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn(
                    "The flight recorder {} can't be deleted; it is read once more as that of a stopped process",
                    file,
                    e);
        }
    }
}
