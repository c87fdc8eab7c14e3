package dev.darkroom.workers.media.picture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one run of an external decoder, gone with all it wrote when closed. */
record WorkFolder(Path path) implements AutoCloseable {

    static WorkFolder create() throws IOException {
        return new WorkFolder(Files.createTempDirectory("darkroom-decode-"));
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
