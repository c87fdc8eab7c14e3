package dev.darkroom.gearman.storm;

import dev.darkroom.embedded.Gearmand;
import dev.darkroom.gearman.GearmandExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gearmand with room for many connections at once. */
public final class GearmandProcess extends ProcessServer {

    @Override
    public void beforeAll(ExtensionContext context) {
        GearmandExtension.require();
        super.beforeAll(context);
    }

    @Override
    List<String> command(int port) {
        try {
            Path pidFile = Files.createTempDirectory("gearmand").resolve("pid");
            return Gearmand.command(
                    GearmandExtension.binary(), port, pidFile, List.of("--threads=1", "--backlog=1024"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
