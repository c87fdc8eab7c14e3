package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {

    private final Window window = new Window();

    @Test
    void a_small_window_is_filled_job_by_job() {
        assertThat(window.refill(window.size() - 1L, false)).isEqualTo(1);
    }

    @Test
    void a_large_one_is_filled_when_a_part_of_it_is_free() {
        grow();
        int part = window.size() / 16;

        assertThat(window.refill(window.size() - part + 1L, false)).isZero();
        assertThat(window.refill(window.size() - part, false)).isEqualTo(part);
        assertThat(window.refill(0, false)).isEqualTo(window.size());
    }

    @Test
    void urgent_jobs_do_not_wait_for_that() {
        grow();

        assertThat(window.refill(window.size() - 1L, true)).isEqualTo(1);
        assertThat(window.refill(window.size(), true)).isZero();
    }

    /** Workers that find it empty with more behind it are faster than was thought. */
    private void grow() {
        while (window.size() < 16_000) {
            window.sample(0, 2, true);
        }
    }
}
