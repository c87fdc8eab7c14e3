package dev.darkroom.ops.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes of this process so far, as Linux counts them; both 0 where there is no {@code /proc/self/io}. */
record SystemCalls(long reads, long writes) {

    private static final Path COUNTS = Path.of("/proc/self/io");

    static SystemCalls now() {
        if (!Files.isReadable(COUNTS)) {
            return new SystemCalls(0, 0);
        }
        try {
            long reads = 0;
            long writes = 0;
            for (String line : Files.readAllLines(COUNTS)) {
                if (line.startsWith("syscr: ")) {
                    reads = Long.parseLong(line.substring("syscr: ".length()));
                } else if (line.startsWith("syscw: ")) {
                    writes = Long.parseLong(line.substring("syscw: ".length()));
                }
            }
            return new SystemCalls(reads, writes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SystemCalls since(SystemCalls before) {
        return new SystemCalls(reads - before.reads, writes - before.writes);
    }
}
