package dev.darkroom.jobs.death;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.WorkerSelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of one host in which its worker processes leave what may be read after their death: flight recorders
 * ({@code PID-ID.flight}), marks of kills ({@code PID.killed}), and what the JVM writes when it dies ({@code hs_err_PID.log},
 * {@code java_pidPID.hprof}). Not shared between hosts. Thread-safe.
 */
public record RunFolder(Path path) {

    private static final String FLIGHT = ".flight";
    private static final int NEWEST_DUMPS_KEPT = 2;
    private static final int NEWEST_ERROR_FILES_KEPT = 20;

    /** Where none is given: one for each user of this machine. */
    public static RunFolder ofThisUser() {
        return new RunFolder(
                Path.of(System.getProperty("java.io.tmpdir"), "darkroom-workers-" + System.getProperty("user.name")));
    }

    /** @throws JobException if it can't be made: name another one, or put this one right */
    public FlightRecorder recorder(WorkerSelf self) {
        try {
            Files.createDirectories(path);
            // Of an earlier process that had this pid.
            Files.deleteIfExists(mark(self.pid()));
        } catch (IOException e) {
            throw new JobException("The run folder " + path + " can't be made: " + e.getMessage(), e);
        }
        return FlightRecorder.create(path.resolve(self.pid() + "-" + self.id() + FLIGHT), self);
    }

    /**
     * Says before a kill that it is ours, so that no job is suspected of it.
     *
     * @param reason such as {@code the supervisor: it finished nothing}
     */
    public void markKill(long pid, String reason) {
        try {
            Files.createDirectories(path);
            Path written = Files.createTempFile(path, "mark", ".new");
            Files.writeString(written, reason);
            Files.move(written, mark(pid), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JobException(
                    "The kill of process " + pid + " can't be marked in " + path + ", so it was not done", e);
        }
    }

    Optional<String> killReason(long pid) throws IOException {
        Path mark = mark(pid);
        return Files.exists(mark) ? Optional.of(Files.readString(mark, StandardCharsets.UTF_8)) : Optional.empty();
    }

    private Path mark(long pid) {
        return path.resolve(pid + ".killed");
    }

    Path errorFile(long pid) {
        return path.resolve("hs_err_" + pid + ".log");
    }

    Path heapDump(long pid) {
        return path.resolve("java_pid" + pid + ".hprof");
    }

    /** Whether the process keeps its recorder here and runs. */
    boolean isOfThisHost(UUID worker, long pid) {
        Path file = path.resolve(pid + "-" + worker + FLIGHT);
        try {
            return Files.exists(file)
                    && Flight.read(file).filter(Flight::processRuns).isPresent();
        } catch (IOException e) {
            throw new JobException("The flight recorder " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** The recorders of processes other than this one that do not run any more. */
    List<Flight> ofDeadProcesses() throws IOException {
        String own = ProcessHandle.current().pid() + "-";
        List<Flight> dead = new ArrayList<>();
        for (Path file : files(FLIGHT)) {
            if (!file.getFileName().toString().startsWith(own)) {
                Flight.read(file).filter(flight -> !flight.processRuns()).ifPresent(dead::add);
            }
        }
        return dead;
    }

    /** The flight has been reported: its recorder and mark go; of dumps and error files the newest stay. */
    void forget(Flight flight) throws IOException {
        Files.deleteIfExists(mark(flight.header().pid()));
        Files.deleteIfExists(flight.file());
        keepNewest(NEWEST_DUMPS_KEPT, files(".hprof"));
        keepNewest(NEWEST_ERROR_FILES_KEPT, files(".log"));
    }

    private static void keepNewest(int count, List<Path> files) throws IOException {
        List<Path> newestFirst = files.stream()
                .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                        .reversed())
                .toList();
        for (Path old : newestFirst.subList(Math.min(count, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> files(String ending) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
