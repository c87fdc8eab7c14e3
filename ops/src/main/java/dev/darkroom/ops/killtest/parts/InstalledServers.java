package dev.darkroom.ops.killtest.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What the system's packages have installed. */
final class InstalledServers {

    private static final Path POSTGRES = Path.of("/usr/lib/postgresql");

    private InstalledServers() {}

    /** The folder of the newest version's programs, where Debian's package puts them. */
    static Optional<Path> postgresBinaries() throws IOException {
        if (!Files.isDirectory(POSTGRES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        }
    }
}
