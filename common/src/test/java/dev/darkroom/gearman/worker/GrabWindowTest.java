package dev.darkroom.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrabWindowTest {

    private static final int CAPACITY = 1000;

    private final GrabWindow window = new GrabWindow();

    @Test
    void it_doubles_with_each_round_trip_that_brings_jobs() {
        int first = window.open();

        bring(first);

        assertThat(window.open()).isEqualTo(2 * first);
    }

    @Test
    void it_never_grows_beyond_the_capacity() {
        for (int i = 0; i < 20; i++) {
            bring(window.open());
        }
        assertThat(window.open()).isEqualTo(CAPACITY);
    }

    @Test
    void when_dry_nothing_is_sent_until_woken_and_then_as_much_as_the_last_burst_brought() {
        for (int i = 0; i < 20; i++) {
            bring(window.open());
        }
        runDry();
        assertThat(window.open()).isZero();
        window.wake();
        assertThat(window.open()).isEqualTo(CAPACITY);

        bring(3);
        runDry();
        window.wake();
        assertThat(window.open()).isEqualTo(3);

        runDry();
        window.wake();
        assertThat(window.open()).isEqualTo(1);
    }

    @Test
    void a_job_after_an_empty_answer_means_there_are_more() {
        window.sent(2);
        window.broughtNothing();
        assertThat(window.isDry()).isTrue();
        window.broughtJob(CAPACITY);
        assertThat(window.isDry()).isFalse();
        assertThat(window.inFlight()).isZero();
    }

    private void bring(int jobs) {
        window.sent(jobs);
        for (int i = 0; i < jobs; i++) {
            window.broughtJob(CAPACITY);
        }
    }

    private void runDry() {
        int grabs = window.open();
        window.sent(grabs);
        for (int i = 0; i < grabs; i++) {
            window.broughtNothing();
        }
    }
}
