package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.GearmanAdmin;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class JobServerMainTest {

    @Test
    void it_says_where_it_listens_and_ends_with_its_standard_input() throws Exception {
        Process process = start("--port", "0", "--exit-on-stdin-end");
        try (GearmanAdmin admin = new GearmanAdmin(new ServerAddress("127.0.0.1", readyPort(process)))) {
            assertThat(admin.version()).isEqualTo("1.1-darkroom-embedded");
        }
        process.getOutputStream().close();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void it_ends_cleanly_when_told_by_signal() throws Exception {
        Process process = start("--port", "0");
        readyPort(process);
        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        // 128 + SIGTERM: the JVM ran its shutdown hooks.
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void help_says_what_it_is_for() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        CommandLine command = new CommandLine(new JobServerMain(System.in, new PrintStream(output, true, UTF_8)));
        String help = command.getUsageMessage().replaceAll("\\s+", " ");

        assertThat(help).contains("embedded default", "Production runs gearmand", "--job-retries", "--host", "--port");
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JobServerMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int readyPort(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("ready port ")) {
            line = out.readLine();
        }
        assertThat(line).as("the line 'ready port N'").isNotNull();
        return Integer.parseInt(line.substring("ready port ".length()));
    }
}
