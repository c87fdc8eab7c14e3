package dev.darkroom.ops.killtest.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.killtest.faults.Fault;
import dev.darkroom.ops.killtest.parts.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

    private static final long MINUTE = 60_000;

    @Test
    void a_run_is_repeated_because_its_own_worker_died() {
        Fault death = new Fault(Fault.Type.KILL, Role.WORKER, "worker-1", 71, 10 * MINUTE, 10 * MINUTE + 900);

        assertThat(explain(death, 71, 10 * MINUTE - 5, 10 * MINUTE + 50)).contains("worker killed");
        assertThat(new Explanations(List.of(death)).of(repetition(72, 10 * MINUTE - 5, 10 * MINUTE + 50)))
                .as("another worker's run")
                .isEmpty();
        assertThat(new Explanations(List.of(death)).of(repetition(71, 11 * MINUTE, 11 * MINUTE + 50)))
                .as("a later run of the same process number")
                .isEmpty();
    }

    @Test
    void a_worker_that_slept_while_others_did_its_job_runs_it_when_it_wakes() {
        Fault sleep = new Fault(Fault.Type.STOP, Role.WORKER, "worker-1", 99, 10 * MINUTE, 10 * MINUTE + 25_000);
        Fault death = new Fault(Fault.Type.KILL, Role.WORKER, "worker-1", 99, 10 * MINUTE, 10 * MINUTE + 900);

        assertThat(explain(sleep, 71, 10 * MINUTE + 20_000, 10 * MINUTE + 25_001))
                .contains("worker stopped");
        assertThat(explain(death, 71, 10 * MINUTE - 5, 10 * MINUTE + 50))
                .as("what is dead runs nothing")
                .isEmpty();
    }

    @Test
    void a_job_server_explains_what_comes_soon_after_it_and_nothing_else() {
        Fault death = new Fault(Fault.Type.KILL, Role.JOB_SERVER, "job-server-1", 5, 10 * MINUTE, 10 * MINUTE + 900);

        assertThat(explain(death, 71, 10 * MINUTE - 5, 10 * MINUTE + 200)).contains("job server killed");
        assertThat(new Explanations(List.of(death)).of(repetition(71, 12 * MINUTE, 12 * MINUTE + 200)))
                .isEmpty();
    }

    @Test
    void nothing_explains_a_repetition_before_anything_was_killed() {
        assertThat(new Explanations(List.of()).of(repetition(71, 0, 5))).isEmpty();
    }

    private static java.util.Optional<String> explain(Fault fault, long pid, long first, long second) {
        return new Explanations(List.of(fault)).of(repetition(pid, first, second));
    }

    private static Runs.Repetition repetition(long pid, long first, long second) {
        return new Runs.Repetition(new Runs.Run(2, 0, first, pid), new Runs.Run(2, 0, second, 99));
    }
}
