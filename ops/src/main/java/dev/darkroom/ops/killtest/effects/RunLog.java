package dev.darkroom.ops.killtest.effects;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * Every run that a worker process has begun, in a file of its own: written before the handler does anything, so that also a
 * process killed with {@code kill -9} has said what it began. A record is the key, the time in milliseconds since 1970, and the
 * turn: 20 bytes, big-endian. Thread-safe.
 */
public final class RunLog implements Closeable {

    public static final int RECORD = 20;

    private final FileChannel file;
    private final Clock clock;
    private final ByteBuffer buffer = ByteBuffer.allocate(RECORD);

    /** In the file {@code runs-PID.log}, which an earlier process of that pid may have begun. */
    public static RunLog ofThisProcess(Path folder, Clock clock) throws IOException {
        return new RunLog(folder.resolve("runs-" + ProcessHandle.current().pid() + ".log"), clock);
    }

    private RunLog(Path path, Clock clock) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.clock = clock;
    }

    synchronized void begun(JobKey key, int turn) throws IOException {
        buffer.clear().putLong(key.value()).putLong(clock.millis()).putInt(turn).flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
