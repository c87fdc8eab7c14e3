package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void the_pid_is_that_of_the_command_itself() {
        GuardedProcess child = shell("echo pid $$; exec sleep 60");
        assertThat(child.awaitLogLine(line -> line.startsWith("pid "), PATIENCE))
                .contains("pid " + child.pid());
        child.kill();
    }

    @Test
    void arguments_and_environment_reach_the_command_unchanged() throws Exception {
        GuardedProcess child = GuardedProcess.start(
                List.of("sh", "-c", "echo \"$1 $COLOUR\"", "name", "two  words $HOME '\""),
                Map.of("COLOUR", "blue"),
                log());
        assertThat(child.onExit().get(5, TimeUnit.SECONDS)).isZero();
        assertThat(child.logTail(1)).containsExactly("two  words $HOME '\" blue");
    }

    @Test
    void an_end_of_its_own_is_noticed_with_its_exit_code_and_leaves_no_guard() throws Exception {
        GuardedProcess child = shell("read -r line; exit 3");
        ProcessHandle guard = guardOf(child);
        ProcessHandle.of(child.pid()).orElseThrow().destroy();
        assertThat(child.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(143);
        guard.onExit().get(5, TimeUnit.SECONDS);
        assertThat(shell("exit 3").onExit().get(5, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void a_child_that_ends_at_once_shows_what_it_wrote() throws Exception {
        shell("echo an earlier run").onExit().get(5, TimeUnit.SECONDS);
        GuardedProcess child = shell("echo no such colour >&2; exit 4");
        assertThatThrownBy(() -> child.awaitLogLine(line -> line.equals("ready"), PATIENCE))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("exit code 4")
                .hasMessageContaining("no such colour")
                .hasMessageNotContaining("earlier run");
    }

    @Test
    void a_program_that_does_not_exist_is_an_end_with_127() throws Exception {
        GuardedProcess child = GuardedProcess.start(List.of("/no/such/program"), Map.of(), log());
        assertThat(child.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(127);
        assertThat(child.ended("It")).hasMessageContaining("/no/such/program");
    }

    @Test
    void terminate_sends_the_chosen_signal() throws Exception {
        GuardedProcess child = GuardedProcess.start(
                List.of("sh", "-c", "trap 'exit 9' INT; trap 'exit 8' TERM; echo up; while :; do sleep 0.05; done"),
                Map.of(),
                log(),
                StopSignal.INT,
                PATIENCE);
        assertThat(child.awaitLogLine("up"::equals, PATIENCE)).isPresent();
        assertThat(child.terminate(PATIENCE)).isTrue();
        assertThat(child.onExit().get()).isEqualTo(9);
    }

    @Test
    void terminate_kills_a_child_that_ignores_the_signal() throws Exception {
        GuardedProcess child = shell("trap '' TERM; echo up; while :; do sleep 0.05; done");
        assertThat(child.awaitLogLine("up"::equals, PATIENCE)).isPresent();
        assertThat(child.terminate(Duration.ofMillis(200))).isFalse();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.onExit().get()).isEqualTo(137);
    }

    @Test
    void a_child_is_not_given_up_when_its_guard_is_killed() throws Exception {
        GuardedProcess child = shell("read -r line; echo input ended; exit 5");
        ProcessHandle guard = guardOf(child);
        guard.destroyForcibly();
        guard.onExit().get(5, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isTrue();
        assertThat(child.terminate(PATIENCE)).isTrue();
        assertThat(child.onExit().get()).isEqualTo(143);
    }

    private ProcessHandle guardOf(GuardedProcess child) throws Exception {
        ProcessHandle handle = ProcessHandle.of(child.pid()).orElseThrow();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var guard = Starter.guardOf(handle);
            if (guard.isPresent()) {
                return guard.get();
            }
        }
        throw new AssertionError("no guard");
    }

    private GuardedProcess shell(String script) {
        return GuardedProcess.start(List.of("sh", "-c", script), Map.of(), log());
    }

    private Path log() {
        return folder.resolve("logs/child.log");
    }
}
