package dev.darkroom.ops.bench.load;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A number that one process writes and others read, in a file that all of them map: so that to know how far a benchmark is
 * takes nothing from what is measured. Thread-safe.
 */
public final class SharedCount {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer mapped;

    private SharedCount(ByteBuffer mapped) {
        this.mapped = mapped;
    }

    /** Zero if nobody has written it yet. */
    public static SharedCount open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new SharedCount(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    /** All whose names begin so. */
    public static List<SharedCount> openAll(Path folder, String prefix) throws IOException {
        List<SharedCount> counts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList()) {
                counts.add(open(file));
            }
        }
        return counts;
    }

    public static long sum(List<SharedCount> counts) {
        return counts.stream().mapToLong(SharedCount::get).sum();
    }

    public void set(long value) {
        LONGS.setVolatile(mapped, 0, value);
    }

    public long get() {
        return (long) LONGS.getVolatile(mapped, 0);
    }
}
