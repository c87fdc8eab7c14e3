package dev.darkroom.gearman.storm;

import dev.darkroom.gearman.GearmandExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
            return List.of(
                    GearmandExtension.binary().toString(),
                    "--hashtable-buckets=1000003",
                    "--threads=1",
                    "--backlog=1024",
                    "--listen=127.0.0.1",
                    "--port=" + port,
                    "--user=" + System.getProperty("user.name"),
                    "--pid-file=" + Files.createTempDirectory("gearmand").resolve("pid"),
                    "--log-file=stderr");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
