package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers that Debian's packages install. */
public final class DebianServers {

    private static final Path POSTGRES = Path.of("/usr/lib/postgresql");
    private static final Path REDIS = Path.of("/usr/bin/redis-server");

    private static final Path PG_DUMP = Path.of("/usr/bin/pg_dump");

    private DebianServers() {}

    /** The folder of the newest version's programs. */
    public static Optional<Path> postgresBinaries() {
        if (!Files.isDirectory(POSTGRES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of {@code psql} and {@code pg_dump}. */
    public static Optional<Path> postgresClients() {
        return Optional.of(PG_DUMP).filter(Files::isExecutable).map(Path::getParent);
    }

    static Optional<Path> redisServer() {
        return Optional.of(REDIS).filter(Files::isExecutable);
    }

    /** Skips the test where the package is missing; in continuous integration that is a failure. */
    public static Path require(Optional<Path> installed, String debianPackage) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as("the Debian package " + debianPackage).isPresent();
        }
        assumeTrue(installed.isPresent(), () -> "the Debian package " + debianPackage + " is not installed");
        return installed.orElseThrow();
    }
}
