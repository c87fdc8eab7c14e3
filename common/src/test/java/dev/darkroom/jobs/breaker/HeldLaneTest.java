package dev.darkroom.jobs.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldLaneTest {

    @Test
    void a_draining_lane_goes_faster_and_faster_up_to_its_top() {
        assertThat(rateAfter(Duration.ZERO)).isEqualTo(20);
        assertThat(rateAfter(Duration.ofMillis(300))).isEqualTo(40);
        assertThat(rateAfter(Duration.ofMillis(900))).isEqualTo(160);
        assertThat(rateAfter(Duration.ofSeconds(2))).isEqualTo(400);
        assertThat(rateAfter(Duration.ofDays(300))).isEqualTo(400);
    }

    private static double rateAfter(Duration since) {
        return HeldLane.rate(20, 400, Duration.ofMillis(300), since);
    }
}
