package dev.darkroom.ops.system;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where one system keeps everything: {@code DIR} in the help texts. Names what lies where. */
public record DataFolder(Path path) {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** The database's first files and log are 80 MB, the programs at most 110; the rest needs room too. */
    private static final long NEEDED_BYTES = 300L << 20;

    private static final long LONGEST_LOG = 10L << 20;

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** What a running system says about itself. */
    public Path runFile() {
        return path.resolve("run.json");
    }

    /** What every process needs to know. */
    public Path partsFile() {
        return path.resolve("parts.yml");
    }

    /** The same for the API, which needs more connections. */
    Path apiPartsFile() {
        return path.resolve("api-parts.yml");
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path cache() {
        return path.resolve("cache");
    }

    /** Where bundled servers are unpacked: once a user, or into this folder for one without a home. */
    Path serverCache() {
        Path shared = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("darkroom");
        try {
            Files.createDirectories(shared);
            return Files.isWritable(shared) ? shared : cache();
        } catch (IOException e) {
            return cache();
        }
    }

    Path secret(String name) {
        return path.resolve("secrets").resolve(name);
    }

    /** What worker processes leave behind for whoever finds them dead. */
    Path workerFolder() {
        return path.resolve("workers");
    }

    Path lockFile() {
        return path.resolve("up.lock");
    }

    /** Makes the folder, or says why it can't be used. */
    void prepare() {
        try {
            Files.createDirectories(logs());
            Files.createDirectories(cache());
            Files.createDirectories(workerFolder());
            Files.createDirectories(path.resolve("secrets"));
            long usable = Files.getFileStore(path).getUsableSpace();
            if (usable < NEEDED_BYTES) {
                throw new OpsException("The disk that holds " + path + " has " + (usable >> 20) + " MB left, and "
                        + (NEEDED_BYTES >> 20) + " MB are needed: free some space or choose another disk with --data.");
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The content of the file appears at once or not at all; only the owner may read it. */
    void writePrivately(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path written = Files.createTempFile(
                    file.getParent(),
                    file.getFileName().toString(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.write(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A log that has grown long gives way to a new one; the one before is kept. */
    void rotateLogs() {
        try (Stream<Path> files = Files.list(logs())) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                if (Files.size(log) > LONGEST_LOG) {
                    Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    OpsException unusable(IOException e) {
        return new OpsException(
                "The data folder " + path + " can't be used (" + reason(e)
                        + "): choose another one with --data, or put this one right.",
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + System.getProperty("user.name") + " on " + denied.getFile();
        }
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason() + ": " + refused.getFile();
        }
        return OneLine.of(e) + " (" + e.getClass().getSimpleName() + ")";
    }
}
