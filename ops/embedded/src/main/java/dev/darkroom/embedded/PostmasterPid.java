package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's own lock file {@code postmaster.pid}: line 1 holds its pid, line 8 what state it is in.
 *
 * @param status empty before the server has written it
 */
record PostmasterPid(long pid, String status) {

    private static final Duration FAST_STOP = Duration.ofSeconds(20);
    private static final int STATUS_LINE = 7;

    /** Empty when there is none, or it is not written in full yet. */
    static Optional<PostmasterPid> read(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
            return Optional.of(new PostmasterPid(Long.parseLong(lines.get(0).strip()), status));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "Could not read " + data.resolve("postmaster.pid") + " (" + Failures.reason(e)
                            + "): start as the user who owns the data folder.",
                    e);
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    /**
     * Stops the server that a dead starter left on the folder. A file that names a dead process stays: the next server
     * reads in it which shared memory must be free. One that names an unrelated process is in the way and is removed.
     *
     * @return whether a server was stopped
     */
    static boolean stopOrphan(Path data) throws IOException {
        Optional<PostmasterPid> left = read(data);
        if (left.isEmpty()) {
            return false;
        }
        Optional<Orphan> orphan = Orphan.find(left.get().pid(), "postgres", data);
        orphan.ifPresent(server -> server.stop(StopSignal.INT, FAST_STOP));
        if (orphan.isEmpty() && ProcessHandle.of(left.get().pid()).isPresent()) {
            Orphan.awaitNobodyIn(data);
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
        return orphan.isPresent();
    }
}
