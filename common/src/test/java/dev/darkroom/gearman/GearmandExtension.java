package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.embedded.Gearmand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gearmand of this machine. Where none is installed the tests are skipped; with {@code CI=true} they fail, so that CI
 * never passes without them.
 */
public final class GearmandExtension extends RestartableServer {

    private final List<String> moreOptions;
    private Process process;

    public GearmandExtension() {
        this(List.of());
    }

    public GearmandExtension(List<String> moreOptions) {
        this.moreOptions = moreOptions;
    }

    public static boolean isInstalled() {
        return binary() != null;
    }

    /** Skips what needs a gearmand where none is installed; fails it where {@code CI=true}. */
    public static void require() {
        if (!isInstalled() && "true".equals(System.getenv("CI"))) {
            fail("gearmand is not installed and CI=true: install the package gearman-job-server");
        }
        assumeTrue(isInstalled(), "gearmand is not installed");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        require();
        super.beforeAll(context);
    }

    @Override
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void launch(int onPort) {
        try {
            List<String> options = new ArrayList<>(List.of("--threads=1", "--job-retries=3"));
            options.addAll(moreOptions);
            Path pidFile = Files.createTempDirectory("gearmand").resolve("pid");
            process = new ProcessBuilder(Gearmand.command(binary(), onPort, pidFile, options))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "gearmand-end"));
    }

    /** Null where none is installed. */
    public static Path binary() {
        return Gearmand.installed().orElse(null);
    }
}
