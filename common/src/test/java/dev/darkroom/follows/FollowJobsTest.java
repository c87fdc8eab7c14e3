package dev.darkroom.follows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.testing.GoldenJob;
import org.junit.jupiter.api.Test;

class FollowJobsTest {

    private final MirrorFollow mirror = new MirrorFollow(84_455_030_123_456_789L, 11_112);

    @Test
    void jobs_are_stored_as_on_record() {
        GoldenJob.assertOnRecord(FollowJobs.MIRROR, mirror);
    }

    @Test
    void the_lane_is_the_follower() {
        assertThat(FollowJobs.MIRROR.laneOf(mirror)).isEqualTo("84455030123456789");
    }
}
