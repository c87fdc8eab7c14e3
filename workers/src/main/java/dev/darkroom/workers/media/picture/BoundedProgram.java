package dev.darkroom.workers.media.picture;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a decoder as a process of its own, within limits of memory, time and written bytes that the system enforces: whatever
 * a photo does to it, it harms nobody else. It gets none of our environment. Thread-safe.
 */
final class BoundedProgram {

    /** Exit status when the limits could not be set: the program has not run. */
    private static final int NO_LIMITS = 97;

    /** Exit statuses by which a shell says that the program could not be started (POSIX, "Exit Status for Commands"). */
    private static final List<Integer> NOT_STARTED = List.of(NO_LIMITS, 126, 127);

    /** 128 and the signal SIGXCPU: its processor time was up. */
    private static final int TIME_UP = 128 + 24;

    private static final int REPORT = 400;
    private static final long BLOCK = 512;

    private final long memory;
    private final long output;
    private final Duration longest;

    /**
     * @param memory address space in bytes
     * @param output size of a written file in bytes
     * @param longest of the run
     */
    BoundedProgram(long memory, long output, Duration longest) {
        this.memory = memory;
        this.output = output;
        this.longest = longest;
    }

    /**
     * @param folder where it works
     * @throws DamagedPhotoException if the program failed or took too long
     * @throws IOException if it could not be started
     * @throws InterruptedException if the thread was interrupted; the program is then ended
     */
    void run(Path folder, List<String> command) throws IOException, DamagedPhotoException, InterruptedException {
        File report = folder.resolve("report").toFile();
        Process process = start(folder, command, report);
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw DamagedPhotoException.tooSlow(new IOException("Ended after " + longest));
            }
        } finally {
            process.destroyForcibly();
        }
        judge(process.exitValue(), command.get(0), report);
    }

    private Process start(Path folder, List<String> command, File report) throws IOException {
        List<String> limited = new ArrayList<>(List.of("/bin/sh", "-c", script(), "sh"));
        limited.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(limited)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(report);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "HOME", folder.toString(),
                "TMPDIR", folder.toString(),
                "LC_ALL", "C",
                // Decoders that libvips itself does not trust with hostile files.
                "VIPS_BLOCK_UNTRUSTED", "1",
                "VIPS_CONCURRENCY", "1"));
        return builder.start();
    }

    private String script() {
        return "ulimit -c 0 && ulimit -v %d && ulimit -t %d && ulimit -f %d || exit %d; exec \"$@\""
                .formatted(memory >> 10, Math.max(1, longest.toSeconds()), output / BLOCK, NO_LIMITS);
    }

    private static void judge(int status, String program, File report) throws IOException, DamagedPhotoException {
        if (status == 0) {
            return;
        }
        IOException cause = new IOException(program + " ended with " + status + ": " + start(report));
        if (NOT_STARTED.contains(status)) {
            throw cause;
        }
        throw status == TIME_UP ? DamagedPhotoException.tooSlow(cause) : DamagedPhotoException.damaged(cause);
    }

    private static String start(File report) throws IOException {
        try (var lines = Files.newInputStream(report.toPath())) {
            return new String(lines.readNBytes(REPORT), StandardCharsets.ISO_8859_1).strip();
        }
    }
}
