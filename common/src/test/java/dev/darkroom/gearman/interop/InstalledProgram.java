package dev.darkroom.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program, with what it needs, from a Debian package. */
enum InstalledProgram {
    GEARMAN("gearman", "gearman-tools", "command -v gearman"),
    GEARADMIN("gearadmin", "gearman-tools", "command -v gearadmin"),
    PERL("perl", "libgearman-client-perl", "perl -MGearman::Client -MGearman::Worker -e 1"),
    PHP("php", "php-cli and php-gearman", "php -r 'exit(extension_loaded(\"gearman\") ? 0 : 1);'");

    private static final int PATIENCE_SECONDS = 30;
    private static final byte[] NOTHING = {};
    private static final Map<InstalledProgram, Boolean> INSTALLED = new ConcurrentHashMap<>();

    private final String command;
    private final String debianPackage;
    private final String probe;

    InstalledProgram(String command, String debianPackage, String probe) {
        this.command = command;
        this.debianPackage = debianPackage;
        this.probe = probe;
    }

    /** Skips the test where the program is missing; with {@code CI=true} that is a failure. */
    void require() {
        boolean installed = INSTALLED.computeIfAbsent(
                this,
                program -> run(List.of("sh", "-c", program.probe), NOTHING).exitStatus() == 0);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as("the Debian package " + debianPackage).isTrue();
        }
        assumeTrue(installed, () -> "the Debian package " + debianPackage + " is not installed");
    }

    /** Runs it to its end. */
    Finished run(byte[] input, String... arguments) {
        return run(command(arguments), input);
    }

    /** Starts it; closing it kills it. */
    Running start(String... arguments) {
        try {
            return new Running(new ProcessBuilder(command(arguments))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        return line;
    }

    private static Finished run(List<String> line, byte[] input) {
        try {
            Process process = new ProcessBuilder(line).start();
            CompletableFuture<byte[]> output = read(process.getInputStream());
            CompletableFuture<byte[]> errors = read(process.getErrorStream());
            CompletableFuture<Void> written = write(process.getOutputStream(), input);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("%s did not end within %s s; it said: %s", line, PATIENCE_SECONDS, text(errors.join()));
            }
            written.join();
            return new Finished(process.exitValue(), output.join(), text(errors.join()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + line + " ran", e);
        }
    }

    private static CompletableFuture<byte[]> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static CompletableFuture<Void> write(OutputStream stream, byte[] input) {
        return CompletableFuture.runAsync(() -> {
            try (stream) {
                stream.write(input);
            } catch (IOException e) {
                // A program need not read what it is given.
            }
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /**
     * How a program ended.
     *
     * @param output its standard output
     * @param errors its standard error output
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Finished(int exitStatus, byte[] output, String errors) {

        String text() {
            return InstalledProgram.text(output);
        }

        List<String> lines() {
            return text().lines().toList();
        }

        /** This, after it was checked that the program ended well. */
        Finished succeeded() {
            assertThat(exitStatus)
                    .as("exit status; the program said: %s%s", text(), errors)
                    .isZero();
            return this;
        }
    }

    /** A program that runs. */
    record Running(Process process) implements AutoCloseable {

        /** Waits for its end. */
        int exitStatus() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it ended")
                    .isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
