package dev.darkroom.ops.bench.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that goes with all that lies in it. */
public record BenchFolder(Path path) implements AutoCloseable {

    /** An empty one, below the folder for temporary files. */
    public static BenchFolder create() throws IOException {
        return new BenchFolder(Files.createTempDirectory("darkroom-bench-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> content = Files.walk(path)) {
            for (Path file : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
