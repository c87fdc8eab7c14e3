package dev.darkroom.ops.bench.waiting;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether there is room for a benchmark's rows, asked before they are written. */
final class DiskSpace {

    /** Row, index entries, what is done and not vacuumed yet. */
    private static final long BYTES_A_ROW = 600;

    /** What PostgreSQL begins with, and keeps of its log. */
    private static final long BYTES_BESIDE = 1_500_000_000L;

    private static final double GIGABYTE = 1e9;

    private DiskSpace() {}

    /** The folder in which benchmarks put their databases. */
    static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    static long free(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.getUsableSpace();
    }

    static long needed(long rows) {
        return BYTES_BESIDE + rows * BYTES_A_ROW;
    }

    /** What to tell whoever asked for too much. */
    static String tooLittle(long rows, Path folder, long free) {
        return String.format(
                Locale.ROOT,
                "%,d jobs need about %.1f GB in %s, where %.1f GB are free: make room, or ask for fewer",
                rows,
                needed(rows) / GIGABYTE,
                folder,
                free / GIGABYTE);
    }
}
