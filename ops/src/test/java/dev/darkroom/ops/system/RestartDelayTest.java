package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartDelayTest {

    private final RestartDelay delay = new RestartDelay();

    @Test
    void never_waits_longer_than_its_bound() {
        for (int i = 0; i < 20; i++) {
            assertThat(delay.after(Duration.ZERO)).isLessThanOrEqualTo(RestartDelay.LONGEST);
        }
        assertThat(delay.after(Duration.ZERO)).isEqualTo(RestartDelay.LONGEST);
    }

    @Test
    void forgets_earlier_deaths_of_a_part_that_has_run_well() {
        delay.after(Duration.ZERO);
        delay.after(Duration.ZERO);

        assertThat(delay.after(RestartDelay.HEALTHY)).isEqualTo(Duration.ZERO);
        assertThat(delay.after(Duration.ZERO)).isEqualTo(RestartDelay.FIRST);
    }
}
