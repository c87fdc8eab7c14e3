package dev.darkroom.ops.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.watch.lanes.LaneFigures;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import dev.darkroom.jobs.watch.lanes.LaneMinute;
import dev.darkroom.jobs.watch.lanes.TypeLanes;
import dev.darkroom.jobs.watch.times.Times;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneListTest {

    @Test
    void those_that_wait_longest_come_first_then_the_busiest_and_all_others_last() {
        Map<String, TypeLanes> types = Map.of(
                "a",
                new TypeLanes(
                        Map.of(
                                "busy", new LaneFigures(null, done(9)),
                                "waits", new LaneFigures(new LaneHandOut("waits", 3.0, 1), null)),
                        done(1_000)),
                "b",
                new TypeLanes(
                        Map.of(
                                "quiet", new LaneFigures(null, done(1)),
                                "stuck", new LaneFigures(new LaneHandOut("stuck", 70.0, 0), LaneMinute.NOTHING)),
                        LaneMinute.NOTHING));

        assertThat(LaneList.rows(types).stream().map(LaneRow::lane))
                .containsExactly("stuck", "waits", "busy", "quiet", null);
    }

    @Test
    void what_nobody_tells_of_a_lane_is_not_zero() {
        LaneRow waits = LaneRow.of("a", "waits", new LaneFigures(new LaneHandOut("waits", 3.0, 1), null));
        assertThat(waits.throughput()).isNull();
        assertThat(waits.failed()).isNull();
        assertThat(waits.inFlight()).isEqualTo(1);

        LaneRow busy = LaneRow.of("a", "busy", new LaneFigures(null, done(60)));
        assertThat(busy.inFlight()).isNull();
        assertThat(busy.throughput()).isEqualTo(1);
        assertThat(busy.failed()).isZero();
    }

    private static LaneMinute done(int count) {
        return new LaneMinute(count / 60.0, new RunCounts(count, 0, 0, 0, 0, 0), Times.NONE, Times.NONE);
    }
}
