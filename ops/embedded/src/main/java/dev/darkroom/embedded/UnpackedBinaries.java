package dev.darkroom.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unpacks bundled programs from the class path, once: into a folder named after their content, which appears under its
 * name when it is complete. Any number of processes may do so at the same time. Thread-safe.
 */
final class UnpackedBinaries {

    /** PostgreSQL takes 60 MB; the rest is for what others write meanwhile. */
    private static final long NEEDED_SPACE = 150L << 20;

    private static final String UNPACKING = ".unpacking-";
    private static final Set<PosixFilePermission> EVERYBODY_MAY_RUN = PosixFilePermissions.fromString("rwxr-xr-x");

    /** How one kind of package is laid out in a folder. */
    @FunctionalInterface
    interface Layout {
        void unpack(InputStream packed, Path folder) throws IOException;
    }

    private final Path cache;

    /** Keeps a folder per package below the cache folder, which is made when missing. */
    UnpackedBinaries(Path cache) {
        this.cache = cache.toAbsolutePath();
    }

    /**
     * The cache that all projects of this user share: {@code $XDG_CACHE_HOME/darkroom} or {@code ~/.cache/darkroom}.
     * Root's is {@code /var/cache/darkroom}: who runs PostgreSQL for root can't enter root's home.
     */
    static Path userCache() {
        Path standard =
                Platform.userId() == 0 ? Path.of("/var/cache") : Path.of(System.getProperty("user.home"), ".cache");
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElse(standard)
                .resolve("darkroom");
    }

    /** The folder with the unpacked content of the class-path resource. */
    Path folderOf(String resource, String name, Layout layout) {
        try {
            Files.createDirectories(cache);
            Path target = cache.resolve(name + "-" + digest(resource));
            if (!Files.isDirectory(target)) {
                removeWhatDeadProcessesLeft();
                Failures.requireFreeSpace(cache, NEEDED_SPACE, "unpacking " + name);
                unpack(resource, layout, target);
            }
            return target;
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "Could not unpack " + name + " into " + cache + " (" + Failures.reason(e)
                            + "): make that folder writable or choose another one.",
                    e);
        }
    }

    private void unpack(String resource, Layout layout, Path target) throws IOException {
        Path folder = Files.createTempDirectory(
                cache,
                target.getFileName() + UNPACKING + ProcessHandle.current().pid() + "-");
        try {
            try (InputStream packed = open(resource)) {
                layout.unpack(packed, folder);
            }
            Files.setPosixFilePermissions(folder, EVERYBODY_MAY_RUN);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Somebody else was faster: a folder that has content can't be replaced by a rename.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            remove(folder);
        }
    }

    private void removeWhatDeadProcessesLeft() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(cache)) {
            leftovers = entries.filter(UnpackedBinaries::isLeftover).toList();
        }
        for (Path leftover : leftovers) {
            remove(leftover);
        }
    }

    private static boolean isLeftover(Path folder) {
        String name = folder.getFileName().toString();
        int mark = name.indexOf(UNPACKING);
        if (mark < 0) {
            return false;
        }
        String pid = name.substring(mark + UNPACKING.length(), name.lastIndexOf('-'));
        return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = UnpackedBinaries.class.getResourceAsStream("/" + resource);
        if (stream == null) {
            throw new EmbeddedServerException("The bundled program " + resource
                    + " is not on the class path: it is bundled for Linux and macOS on x86-64 and arm64;"
                    + " elsewhere install the server and give its address.");
        }
        return stream;
    }

    private static String digest(String resource) throws IOException {
        try (InputStream packed = open(resource)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(packed, sha256).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha256.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
