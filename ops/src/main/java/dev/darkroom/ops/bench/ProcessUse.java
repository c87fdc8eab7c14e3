package dev.darkroom.ops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process and those it has started have taken so far: processor time as the operating system tells it, reads and
 * writes where Linux counts them and lets this user see them, else 0.
 */
record ProcessUse(Duration processor, long reads, long writes) {

    static final ProcessUse NONE = new ProcessUse(Duration.ZERO, 0, 0);

    static ProcessUse of(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .map(ProcessUse::ofOne)
                        .reduce(NONE, ProcessUse::plus))
                .orElse(NONE);
    }

    private static ProcessUse ofOne(ProcessHandle process) {
        Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
        Path counts = Path.of("/proc", Long.toString(process.pid()), "io");
        long reads = 0;
        long writes = 0;
        try {
            for (String line : Files.readAllLines(counts)) {
                if (line.startsWith("syscr: ")) {
                    reads = Long.parseLong(line.substring("syscr: ".length()));
                } else if (line.startsWith("syscw: ")) {
                    writes = Long.parseLong(line.substring("syscw: ".length()));
                }
            }
        } catch (IOException e) {
            // Not Linux, another user's, or it has just ended: then nobody counts them.
            return new ProcessUse(processor, 0, 0);
        }
        return new ProcessUse(processor, reads, writes);
    }

    ProcessUse plus(ProcessUse other) {
        return new ProcessUse(processor.plus(other.processor), reads + other.reads, writes + other.writes);
    }

    ProcessUse since(ProcessUse before) {
        return new ProcessUse(processor.minus(before.processor), reads - before.reads, writes - before.writes);
    }
}
