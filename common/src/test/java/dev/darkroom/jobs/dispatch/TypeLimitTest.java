package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.limit.OwnShare;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TypeLimitTest {

    private long nextId = 1;

    @Test
    void what_a_predecessor_or_another_database_has_out_counts() {
        TypeLimit limit = limit(JobLimits.NONE.withConcurrency(5));
        List<WaitingJob> jobs = jobs("a", "b", "c", "d");

        limit.hold(Map.of(), 5);
        assertThat(limit.admit(jobs).jobs()).isEmpty();
        assertThat(limit.admit(jobs).cut()).isEqualTo(jobs);

        limit.hold(Map.of(), 2);
        assertThat(limit.admit(jobs).jobs()).isEqualTo(jobs.subList(0, 3));
        assertThat(limit.admit(jobs).jobs()).as("three are out").isEmpty();
    }

    @Test
    void a_lane_at_its_limit_takes_nothing_of_the_types() {
        TypeLimit limit = limit(JobLimits.NONE.withConcurrency(2).withLaneConcurrency(1));
        List<WaitingJob> jobs = jobs("a", "a", "b", "c");

        Admission.Admitted admitted = limit.admit(jobs);

        assertThat(admitted.jobs()).containsExactly(jobs.get(0), jobs.get(2));
        assertThat(admitted.cut()).containsExactly(jobs.get(3));
        assertThat(admitted.refused(jobs)).containsExactly(jobs.get(1));
        assertThat(limit.isFull("a")).isTrue();
        assertThat(limit.isFull("c")).isFalse();
    }

    @Test
    void what_a_lanes_rate_let_out_and_the_type_did_not_is_given_back() {
        Rate hourly = new Rate(1, Duration.ofHours(1));
        TypeLimit limit = limit(JobLimits.NONE.withConcurrency(1).withLaneRate(hourly));

        assertThat(limit.admit(jobs("a", "b")).cut()).hasSize(1);
        limit.hold(Map.of(), 0);

        assertThat(limit.admit(jobs("b")).jobs()).as("the lane's only permit").hasSize(1);
    }

    private static TypeLimit limit(JobLimits limits) {
        return new TypeLimit("t", limits, new OwnShare(0, 1), "r");
    }

    private List<WaitingJob> jobs(String... lanes) {
        return Stream.of(lanes)
                .map(lane -> new WaitingJob(
                        new LaneKey((short) 1, lane),
                        new JobEnvelope(nextId++, 0, 0, JobMarks.NONE, null, new byte[0])))
                .toList();
    }
}
