package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeftoversTest {

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @Test
    void ends_a_process_that_an_earlier_start_left() throws InterruptedException {
        assertThat(Leftovers.stop(state(Processes.startTime(process.pid())))).containsExactly("redis");
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leaves_a_process_alone_that_only_has_the_pid_of_one() {
        long anHourBefore = Processes.startTime(process.pid()) - TimeUnit.HOURS.toMillis(1);

        assertThat(Leftovers.stop(state(anHourBefore))).isEmpty();
        assertThat(process.isAlive()).isTrue();
    }

    private RunState state(long startTime) {
        return new RunState(
                null, null, null, null, Map.of(), Map.of("redis", process.pid()), Map.of("redis", startTime));
    }
}
