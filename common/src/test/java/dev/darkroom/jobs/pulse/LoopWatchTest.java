package dev.darkroom.jobs.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopWatchTest {

    private static final Duration LONGEST = Duration.ofMillis(300);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Pulse pulse = new Pulse("turning");

    @Test
    void a_loop_that_no_longer_turns_ends_the_process() throws InterruptedException {
        try (LoopWatch watch = watch(pulse)) {
            pulse.beat();
            watch.start();

            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_loop_that_turns_one_that_has_ended_and_one_that_has_not_begun_are_left() throws InterruptedException {
        Pulse over = new Pulse("over");
        over.beat();
        over.end();
        try (LoopWatch watch = watch(pulse, over, new Pulse("to come"))) {
            watch.start();
            for (int turn = 0; turn < 100; turn++) {
                pulse.beat();
                assertThat(ended.await(10, TimeUnit.MILLISECONDS)).isFalse();
            }
        }
    }

    private LoopWatch watch(Pulse... pulses) {
        return new LoopWatch(LONGEST, List.of(pulses), ended::countDown, Pause.SLEEP);
    }
}
