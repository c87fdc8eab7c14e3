package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.KnownWorkers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VanishedJobsTest {

    private static final JobTurn JOB = new JobTurn(1, 0);

    private final VanishedJobs vanished = new VanishedJobs();

    @Test
    void a_job_waits_until_every_worker_of_its_type_was_heard_of_since() {
        KnownWorkers heardOfBefore = heardOfAt(System.nanoTime());

        assertThat(vanished.free(List.of(JOB), "t", heardOfBefore)).isEmpty();
        assertThat(vanished.free(List.of(JOB), "t", heardOfBefore)).isEmpty();
        assertThat(vanished.isEmpty()).isFalse();
        assertThat(vanished.free(List.of(JOB), "t", heardOfAt(System.nanoTime())))
                .containsExactly(JOB);
        assertThat(vanished.isEmpty()).isTrue();
    }

    @Test
    void a_type_without_workers_has_nobody_to_wait_for() {
        assertThat(vanished.free(List.of(JOB), "t", KnownWorkers.NONE)).containsExactly(JOB);
    }

    @Test
    void a_job_that_was_found_again_begins_anew() {
        vanished.free(List.of(JOB), "t", heardOfAt(System.nanoTime()));
        long found = System.nanoTime();
        vanished.keepOnly(List.of());

        assertThat(vanished.free(List.of(JOB), "t", heardOfAt(found))).isEmpty();
    }

    private static KnownWorkers heardOfAt(long nanoTime) {
        return new KnownWorkers(Map.of(), Set.of(), Set.of(), Map.of("t", nanoTime));
    }
}
