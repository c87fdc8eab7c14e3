package dev.darkroom.api.wire;

import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of uploads under way: made at the start, and rid of what a killed process left there. Several processes may
 * share it.
 */
public final class UploadFolder implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(UploadFolder.class);

    /** No upload takes so long: the server ends idle connections after seconds. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final Clock clock;

    public UploadFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void start() throws IOException {
        Files.createDirectories(folder);
        Instant limit = clock.instant().minus(ABANDONED);
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> files = content.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                    LOG.info("Removed the abandoned upload {}", file);
                }
            }
        }
    }
}
