package dev.darkroom.jobs.watch.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.watch.HandOut;
import dev.darkroom.jobs.watch.PinnedClock;
import dev.darkroom.jobs.watch.RelayMeters;
import dev.darkroom.jobs.watch.TypeMeters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneGaugesTest {

    private static final String LANE = "jobs.a.database-1.lane.";

    private final MetricRegistry registry = new MetricRegistry();
    private final PinnedClock clock = new PinnedClock(0);
    private final TypeMeters meters = new TypeMeters(registry, 1, "a", clock);

    @Test
    void a_worker_shows_each_lane_that_is_told_of_until_it_is_not_told_of_any_more() {
        int withoutLanes = registry.getMetrics().size();
        meters.waited("ana", 1_000_000);
        meters.settled("ana", Settlement.DONE, 500_000);
        meters.settled("ana", Settlement.RETRIED, 500_000);
        meters.settled("", Settlement.DONE, 500_000);
        meters.lastMinute();

        assertThat(value("ana.retried")).isEqualTo(1L);
        assertThat(value("ana.failed")).isEqualTo(0L);
        assertThat((double) value("ana.run-p99")).isBetween(0.45, 0.56);
        assertThat((double) value("ana.wait-p50")).isBetween(0.9, 1.12);
        assertThat((double) value("ana.done-per-second")).isPositive();
        assertThat(registry.getGauges()).containsKey(LANE + "_others.failed").hasSize(16);

        clock.pass(61);
        meters.settled("ben", Settlement.DONE, 1);
        meters.lastMinute();
        assertThat(registry.getGauges())
                .doesNotContainKey(LANE + "ana.retried")
                .containsKey(LANE + "ben.retried")
                .hasSize(16);

        clock.pass(61);
        meters.lastMinute();
        assertThat(registry.getMetrics()).hasSize(withoutLanes);
    }

    @Test
    void the_registry_stays_small_whatever_the_number_of_lanes() {
        for (int second = 0; second < 120; second++) {
            int from = second * 1_000;
            IntStream.range(from, from + 1_000).forEach(lane -> meters.settled("l" + lane, Settlement.DONE, 1));
            meters.lastMinute();
            assertThat(registry.getGauges()).hasSizeLessThanOrEqualTo(21 * 8);
            clock.pass(1);
        }
    }

    @Test
    void a_relay_shows_waits_and_what_is_in_flight() {
        RelayMeters relay = new RelayMeters(registry, 1);
        relay.publish(List.of(state(new LaneHandOut("b", null, 7), new LaneHandOut("c", 2.5, 0))));
        assertThat(value("b.in-flight")).isEqualTo(7L);
        assertThat(value("b.oldest-wait")).isNull();
        assertThat(value("c.oldest-wait")).isEqualTo(2.5);

        relay.publish(List.of(state(new LaneHandOut("c", 3.5, 0))));
        assertThat(value("c.oldest-wait")).isEqualTo(3.5);
        assertThat(registry.getGauges()).doesNotContainKey(LANE + "b.in-flight");

        relay.clear();
        assertThat(registry.getGauges()).doesNotContainKey(LANE + "c.oldest-wait");
    }

    private static HandOut state(LaneHandOut... lanes) {
        return new HandOut("a", 0, 0, 0, 0, 0, 0, null, List.of(lanes));
    }

    @Test
    void names_are_safe_bounded_and_each_lane_has_its_own() {
        List<String> lanes = List.of(
                "a.b", "a_b", "a b", "a\nb", "a\"b", "é", "_others", "others", "x".repeat(500), "x".repeat(499) + "y");

        List<String> names = lanes.stream().map(LaneName::inMetrics).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9_-]{1,110}"));
        assertThat(names).doesNotContain("_others").contains("a_2eb", "others", "_c3_a9");
    }

    private Object value(String name) {
        return registry.getGauges().get(LANE + name).getValue();
    }
}
