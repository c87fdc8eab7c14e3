package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine line =
            Main.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "workers",
                "lanes",
                "schedules",
                "failed",
                "replay",
                "breakers",
                "limits",
                "demo",
                "bench",
                "kill-test"
            })
    void every_command_has_help(String command) {
        assertThat(line.execute(command, "--help")).isZero();
        assertThat(output.toString()).contains("Usage: darkroom " + command);
    }

    @Test
    void suggests_the_nearest_command() {
        assertThat(line.execute("satus")).isEqualTo(2);
        assertThat(errors.toString()).hasLineCount(1).contains("there is no command 'satus'", "did you mean 'status'?");
    }

    @Test
    void refuses_an_unknown_option_in_one_line() {
        assertThat(line.execute("up", "--nonsense")).isEqualTo(2);
        assertThat(errors.toString()).hasLineCount(1).contains("--nonsense", "darkroom help up");
    }

    @Test
    void says_its_version() {
        assertThat(line.execute("--version")).isZero();
        assertThat(output.toString()).startsWith("darkroom ");
    }

    @Test
    void says_that_nothing_runs(@TempDir Path folder) {
        assertThat(line.execute("status", "--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).hasLineCount(1).contains("Nothing runs on " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "pause some.schedule", "resume some.schedule", "run-now some.schedule"})
    void schedules_are_those_of_a_running_system(String command, @TempDir Path folder) {
        String[] arguments = ("schedules " + command + " --json --data " + folder).split(" ");

        assertThat(line.execute(arguments)).isEqualTo(1);
        assertThat(errors.toString()).hasLineCount(1).contains("Nothing runs on " + folder);
    }

    @Test
    void down_where_nothing_runs_is_no_failure(@TempDir Path folder) {
        assertThat(line.execute("down", "--data", folder.toString())).isZero();
        assertThat(output.toString()).contains("nothing runs");
    }
}
