package dev.darkroom.ops.killtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhaseTest {

    private static final long CYCLE = 12_000;

    @Test
    void phases_take_turns() {
        assertThat(Phase.at(5 * CYCLE)).isEqualTo(Phase.CALM);
        assertThat(Phase.at(5 * CYCLE + 5_999)).isEqualTo(Phase.CALM);
        assertThat(Phase.at(5 * CYCLE + 6_000)).isEqualTo(Phase.PRESSURE);
    }

    @Test
    void who_waits_wakes_in_the_phase_that_was_wanted() {
        for (long now = 5 * CYCLE; now < 6 * CYCLE; now += 500) {
            for (Phase phase : Phase.values()) {
                Duration wait = phase.until(now, 0.5);

                assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(CYCLE));
                assertThat(Phase.at(now + wait.toMillis())).isEqualTo(phase);
                assertThat((now + wait.toMillis()) % 6_000).isEqualTo(3_000);
            }
        }
    }
}
