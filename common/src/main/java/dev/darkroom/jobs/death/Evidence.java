package dev.darkroom.jobs.death;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a dead JVM left behind: where it lies, and the beginning of its error file. */
final class Evidence {

    private static final int EXCERPT_BYTES = 3_000;

    private Evidence() {}

    static String of(FlightHeader process, RunFolder folder) throws IOException {
        long pid = process.pid();
        StringBuilder text = new StringBuilder();
        Path dump = folder.heapDump(pid);
        if (isOf(process, dump)) {
            text.append("heap dump ").append(dump).append('\n');
        }
        Path errors = folder.errorFile(pid);
        if (isOf(process, errors)) {
            text.append("error file ")
                    .append(errors)
                    .append('\n')
                    .append(excerpt(errors))
                    .append('\n');
        }
        return text.toString();
    }

    /** Not of an earlier process that had the same pid. */
    private static boolean isOf(FlightHeader process, Path file) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).toMillis() >= process.startTime();
    }

    private static String excerpt(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return new String(input.readNBytes(EXCERPT_BYTES), StandardCharsets.UTF_8).replace('\0', ' ');
        }
    }
}
