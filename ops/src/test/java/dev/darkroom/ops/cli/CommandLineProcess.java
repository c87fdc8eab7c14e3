package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line as a process of its own, from the jars of this build. */
public final class CommandLineProcess {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    public record Ended(int code, String output, String errors) {}

    private final Process process;

    private CommandLineProcess(Process process) {
        this.process = process;
    }

    static CommandLineProcess start(Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Ddarkroom.project=" + TARGET.getParent().getParent(),
                "-cp",
                classPath(),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new CommandLineProcess(
                new ProcessBuilder(command).redirectError(errors.toFile()).start());
    }

    public static Ended run(Path folder, String... arguments) throws Exception {
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        CommandLineProcess started = start(errors, arguments);
        String output = new String(started.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(started.awaitEnd(), output, Files.readString(errors));
    }

    /** Waits for the next line of output; null at its end. */
    String readLine() throws IOException {
        BufferedReader output = process.inputReader();
        return output.readLine();
    }

    void kill() {
        process.destroyForcibly();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the command ends").isTrue();
        return process.exitValue();
    }

    private static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(TARGET)) {
            Path own = jars.filter(jar -> jar.getFileName().toString().matches("darkroom-ops-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
            return own + File.pathSeparator + TARGET.resolve("lib") + "/*";
        }
    }
}
