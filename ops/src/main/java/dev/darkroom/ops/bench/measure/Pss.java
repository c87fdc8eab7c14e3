package dev.darkroom.ops.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Proportional set sizes, from Linux's {@code smaps_rollup}. */
public final class Pss {

    private Pss() {}

    /**
     * Mebibytes of all of them together, without what they have started.
     *
     * @throws IOException if one of them has ended
     */
    public static double of(long... pids) throws IOException {
        long kibibytes = 0;
        for (long pid : pids) {
            kibibytes += Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kibibytes / 1024.0;
    }
}
