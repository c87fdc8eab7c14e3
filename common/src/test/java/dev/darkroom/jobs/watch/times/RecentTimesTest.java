package dev.darkroom.jobs.watch.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.Snapshot;
import dev.darkroom.jobs.watch.PinnedClock;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentTimesTest {

    private final PinnedClock clock = new PinnedClock(-3);
    private final RecentTimes times = new RecentTimes(clock);

    @Test
    void quantiles_are_right_to_one_percent_whatever_was_measured() {
        LongStream.rangeClosed(1, 100_000).forEach(i -> times.update(i * 1_000));

        assertThat(times.times().secondsAt(0.5)).isCloseTo(50, within(0.5));
        assertThat(times.times().secondsAt(0.99)).isCloseTo(99, within(1.0));
        Snapshot snapshot = times.getSnapshot();
        assertThat(snapshot.size()).isEqualTo(100_000);
        assertThat(snapshot.getMedian()).isCloseTo(50e6, within(0.5e6));
        assertThat(snapshot.getMean()).isCloseTo(50e6, within(0.5e6));
        assertThat(snapshot.getValues()).hasSizeLessThan(2_000).isSorted();
    }

    @Test
    void what_is_older_than_a_minute_is_forgotten_and_nothing_younger_than_fifty_seconds() {
        times.update(1_000_000);
        clock.pass(30);
        times.update(2_000_000);

        clock.pass(20);
        assertThat(times.times().count()).isEqualTo(2);
        clock.pass(10);
        assertThat(times.times().count()).isOne();
        assertThat(times.times().secondsAt(0.5)).isCloseTo(2, within(0.02));
        clock.pass(100_000);
        assertThat(times.times().isEmpty()).isTrue();
        times.update(5);
        assertThat(times.size()).isOne();
    }

    @Test
    void without_times_there_are_no_quantiles_and_nothing_to_write() {
        assertThat(times.times().secondsAt(0.5)).isNull();
        assertThat(times.times().encode()).isNull();
        assertThat(Times.decode(null).isEmpty()).isTrue();
        assertThat(times.getSnapshot().getMean()).isZero();
        assertThat(times.getSnapshot().getMin()).isZero();
    }

    @Test
    void times_of_several_processes_are_added_after_they_were_written_down() {
        times.update(1_000);
        RecentTimes others = new RecentTimes(clock);
        LongStream.range(0, 99).forEach(i -> others.update(TimeUnit.HOURS.toMicros(2)));

        byte[] encoded = others.times().encode();
        assertThat(encoded).hasSizeLessThan(200);
        Times both = times.times().plus(Times.decode(encoded));

        assertThat(both.count()).isEqualTo(100);
        assertThat(both.secondsAt(0.01)).isCloseTo(0.001, within(0.00001));
        assertThat(both.secondsAt(0.5)).isCloseTo(7_200, within(72.0));
        assertThat(times.times().count()).isOne();
    }
}
