package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.ledger.JobMarks;
import dev.darkroom.jobs.limit.Claim;
import dev.darkroom.redis.RedisPermits;
import dev.darkroom.testing.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Permits of lanes that relays of two databases share: what one does not use the other gets at once. */
class SharedLaneLimitIT {

    private static final Rate HOURLY = new Rate(1, Duration.ofHours(1));
    private static final JobLimits ONE_OF_A_LANE = JobLimits.NONE.withLaneConcurrency(1);

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static int types;

    private final String type = "test.limited-" + types++;
    private RedisPermits permits;
    private long nextId = 1;

    @BeforeEach
    void open() {
        permits = RedisPermits.open("127.0.0.1:" + REDIS.port(), 1, Claim.HOLDS, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        permits.close();
    }

    @Test
    void a_lane_is_free_for_the_other_when_its_job_has_ended() {
        TypeLimit one = limit("one", ONE_OF_A_LANE);
        TypeLimit two = limit("two", ONE_OF_A_LANE);
        assertThat(one.admit(jobs("a", "b")).jobs()).hasSize(2);
        assertThat(two.admit(jobs("a")).jobs()).isEmpty();

        one.hold(Map.of("b", 1), 1);

        assertThat(two.admit(jobs("a", "b")).jobs())
                .extracting(job -> job.lane().lane())
                .containsExactly("a");
    }

    @Test
    void a_lane_is_free_for_the_other_when_the_types_own_limit_has_cut_its_job() {
        assertThat(limit("one", ONE_OF_A_LANE.withRate(HOURLY))
                        .admit(jobs("a", "b"))
                        .jobs())
                .hasSize(1);

        assertThat(limit("two", ONE_OF_A_LANE).admit(jobs("a", "b")).jobs())
                .extracting(job -> job.lane().lane())
                .containsExactly("b");
    }

    @Test
    void a_lane_is_free_for_the_other_when_its_own_rate_has_cut_its_job() {
        TypeLimit one = limit("one", ONE_OF_A_LANE.withLaneRate(HOURLY));
        assertThat(one.admit(jobs("a")).jobs()).hasSize(1);
        one.hold(Map.of(), 0);
        assertThat(one.admit(jobs("a")).jobs())
                .as("the rate's only permit is used")
                .isEmpty();

        assertThat(limit("two", ONE_OF_A_LANE).admit(jobs("a")).jobs()).hasSize(1);
    }

    @Test
    void what_does_not_go_out_after_all_is_free_for_the_other() {
        JobLimits all = new JobLimits(HOURLY, 1, HOURLY, 1);
        TypeLimit one = limit("one", all);
        List<WaitingJob> admitted = one.admit(jobs("a")).jobs();
        assertThat(admitted).hasSize(1);

        one.giveBack(admitted);

        assertThat(limit("two", all).admit(jobs("a")).jobs()).hasSize(1);
        assertThat(one.isFull("a")).isFalse();
    }

    private TypeLimit limit(String relay, JobLimits limits) {
        return new TypeLimit(type, limits, permits, relay);
    }

    private List<WaitingJob> jobs(String... lanes) {
        return Stream.of(lanes)
                .map(lane -> new WaitingJob(
                        new LaneKey((short) 1, lane),
                        new JobEnvelope(nextId++, 0, 0, JobMarks.NONE, null, new byte[0])))
                .toList();
    }
}
