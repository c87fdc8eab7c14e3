package dev.darkroom.jobs.watch.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.watch.PinnedClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneMetersTest {

    private static final int MEGABYTE = 1 << 20;

    private final PinnedClock clock = new PinnedClock(-7);
    private final LaneMeters meters = new LaneMeters(clock);

    @Test
    void each_lane_has_its_outcomes_waits_and_run_times() {
        meters.waited("ana", 2_000_000);
        meters.settled("ana", Settlement.DONE, 100_000);
        meters.settled("ben", Settlement.RETRIED, 3_000);
        meters.settled("ben", Settlement.FAILED, 3_000);
        meters.settled("ben", Settlement.DISCARDED, 3_000);
        meters.settled("ben", Settlement.SNOOZED, 3_000);
        meters.settled("ben", Settlement.SUPERSEDED, 3_000);

        Map<String, LaneMinute> lanes = meters.lastMinute().lanes();

        assertThat(lanes).containsOnlyKeys("ana", "ben");
        assertThat(lanes.get("ana").waits().secondsAt(0.5)).isCloseTo(2, within(0.25));
        assertThat(lanes.get("ana").runs().secondsAt(0.99)).isCloseTo(0.1, within(0.0125));
        assertThat(lanes.get("ana").donePerSecond()).isCloseTo(1 / 53.0, within(0.0001));
        assertThat(lanes.get("ben").counts().ended()).isEqualTo(4);
        assertThat(lanes.get("ben").failures()).isEqualTo(2);
        assertThat(lanes.get("ben").waits().isEmpty()).isTrue();
        assertThat(meters.lastMinute().others().isNothing()).isTrue();
    }

    @Test
    void slices_of_twenty_seconds_are_dropped_as_a_whole_and_nothing_is_held_without_lanes() {
        assertThat(meters.lastMinute()).isSameAs(LaneMinutes.NOTHING);
        assertThat(meters.bytes()).isZero();
        meters.settled("ana", Settlement.DONE, 1);
        clock.pass(30);
        meters.settled("ben", Settlement.DONE, 1);

        clock.pass(16);
        assertThat(meters.lastMinute().lanes()).containsOnlyKeys("ana", "ben");
        clock.pass(2);
        assertThat(meters.lastMinute().lanes()).containsOnlyKeys("ben");
        clock.pass(100_000);
        assertThat(meters.lastMinute()).isSameAs(LaneMinutes.NOTHING);
        assertThat(meters.bytes()).isZero();
        meters.settled("cleo", Settlement.DONE, 1);
        assertThat(meters.lastMinute().lanes()).containsOnlyKeys("cleo");
    }

    @Test
    void a_million_lanes_take_no_more_than_some_and_none_of_their_runs_is_lost() {
        for (int slice = 0; slice < 3; slice++) {
            for (int i = 0; i < 1_000_000 / 3; i++) {
                String lane = "author-" + slice + "-" + i;
                meters.waited(lane, 1L << i % 44);
                meters.settled(lane, Settlement.DONE, 1L << i % 40);
            }
            clock.pass(20);
            meters.settled("the last", Settlement.DONE, 1);
        }
        assertThat(meters.bytes()).isLessThan(3 * MEGABYTE / 2);
        LaneMinutes told = meters.lastMinute();
        assertThat(told.lanes()).hasSizeLessThanOrEqualTo(20);
        long all = told.lanes().values().stream()
                        .mapToLong(lane -> lane.counts().done())
                        .sum()
                + told.others().counts().done();
        assertThat(all).as("of two slices and a lane's runs").isEqualTo(2 * 333_333 + 3);
        assertThat(told.others().runs().count())
                .isEqualTo(told.others().counts().done());
    }

    @Test
    void busy_lanes_and_failing_ones_are_found_among_very_many_whenever_they_begin() {
        for (int i = 0; i < 200_000; i++) {
            meters.settled("single-" + i, Settlement.DONE, 1_000);
            if (i > 100_000 && i % 100 == 0) {
                meters.settled("busy", Settlement.DONE, 1_000);
            }
            if (i > 100_000 && i % 1_000 == 0) {
                meters.settled("broken", Settlement.RETRIED, 1_000);
            }
        }

        Map<String, LaneMinute> lanes = meters.lastMinute().lanes();

        assertThat(lanes).containsKeys("busy", "broken").hasSizeLessThanOrEqualTo(20);
        assertThat(lanes.get("busy").counts().done()).isGreaterThan(300);
        assertThat(lanes.get("broken").failures()).isGreaterThan(30);
    }
}
