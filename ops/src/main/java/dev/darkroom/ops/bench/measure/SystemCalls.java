package dev.darkroom.ops.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes of a process so far, as Linux counts them. */
public record SystemCalls(long reads, long writes) {

    static final SystemCalls NONE = new SystemCalls(0, 0);

    /** Of this process. */
    public static SystemCalls now() {
        return of(ProcessHandle.current().pid());
    }

    /** Both 0 where nobody counts them: not on Linux, another user's process, or one that has just ended. */
    static SystemCalls of(long pid) {
        try {
            long reads = 0;
            long writes = 0;
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "io"))) {
                if (line.startsWith("syscr: ")) {
                    reads = Long.parseLong(line.substring("syscr: ".length()));
                } else if (line.startsWith("syscw: ")) {
                    writes = Long.parseLong(line.substring("syscw: ".length()));
                }
            }
            return new SystemCalls(reads, writes);
        } catch (IOException e) {
            return NONE;
        }
    }

    SystemCalls plus(SystemCalls other) {
        return new SystemCalls(reads + other.reads, writes + other.writes);
    }

    /** What was added to an earlier count. */
    public SystemCalls since(SystemCalls before) {
        return new SystemCalls(reads - before.reads, writes - before.writes);
    }
}
