package dev.darkroom.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs {@code initdb} and {@code postgres} of one version.
 *
 * @param folder the one that holds both programs
 * @param major 18 of 18.6
 */
record PostgresBinaries(Path folder, int major) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /** Those bundled with the product, unpacked below the cache folder. */
    static PostgresBinaries bundled(Path cache) {
        Path home = new UnpackedBinaries(cache)
                .folderOf(Platform.current().postgresArchive(), "postgresql", PostgresBinaries::untar);
        return installed(home.resolve("bin"));
    }

    static PostgresBinaries installed(Path folder) {
        return new PostgresBinaries(folder, major(folder.resolve("postgres")));
    }

    Path initdb() {
        return folder.resolve("initdb");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    private static int major(Path postgres) {
        try {
            Process process = new ProcessBuilder(postgres.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            Matcher version = VERSION.matcher(answer);
            if (process.waitFor() != 0 || !version.find()) {
                throw new EmbeddedServerException(postgres + " does not run here: \"" + answer
                        + "\". If it was unpacked by Darkroom, delete that folder and start again;"
                        + " otherwise reinstall PostgreSQL.");
            }
            return Integer.parseInt(version.group(1));
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "No PostgreSQL server can be run from " + postgres + " (" + e.getMessage()
                            + "): give the folder that holds the program postgres.",
                    e);
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("asking PostgreSQL for its version", e);
        }
    }

    private static void untar(InputStream packed, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                write(entry, tar, folder);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the archive holds a path outside of itself: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, file);
            Files.setPosixFilePermissions(file, permissions(entry.getMode()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return permissions;
    }
}
