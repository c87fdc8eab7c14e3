package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.testing.GoldenJob;
import org.junit.jupiter.api.Test;

class MediaJobsTest {

    private final RenderMedia render = new RenderMedia(84_455_030_123_456_789L, 11_112);
    private final DeleteMedia delete = new DeleteMedia(84_455_030_123_456_789L, 11_112);

    @Test
    void jobs_are_stored_as_on_record() {
        GoldenJob.assertOnRecord(MediaJobs.RENDER, render);
        GoldenJob.assertOnRecord(MediaJobs.DELETE, delete);
    }

    @Test
    void the_lane_is_the_author() {
        assertThat(MediaJobs.RENDER.laneOf(render)).isEqualTo("11112");
        assertThat(MediaJobs.DELETE.laneOf(delete)).isEqualTo("11112");
    }
}
