package dev.darkroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Servers that are started by whoever needs them first and stopped when the JVM's tests have ended. */
final class TestServers {

    private static final Namespace NAMESPACE = Namespace.create(TestServers.class);

    private TestServers() {}

    /** The server of that name, started in a new folder at the first call. */
    static <S extends AutoCloseable> S shared(
            ExtensionContext context, String name, Class<S> type, Function<Path, S> start) {
        return type.cast(context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(name, key -> Running.start(start), Running.class)
                .server());
    }

    /** Whether the tests shall run against the distribution's server: {@code DARKROOM_TEST_POSTGRES=debian}. */
    static boolean debianWanted(String variable) {
        return Optional.ofNullable(System.getProperty(variable))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter("debian"::equals)
                .isPresent();
    }

    /** A server and the folder that goes with it. */
    private record Running(AutoCloseable server, Path folder) implements AutoCloseable {

        static Running start(Function<Path, ? extends AutoCloseable> start) {
            try {
                Path folder = Files.createTempDirectory("darkroom-test-");
                return new Running(start.apply(folder), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            server.close();
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
