package dev.darkroom.jobs.watch.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.watch.PinnedClock;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneMinutesTest {

    private final Random random = new Random(1);

    @Test
    void what_a_heartbeat_says_of_twenty_busy_lanes_is_less_than_two_kilobytes() {
        LaneMeters meters = new LaneMeters(new PinnedClock(0));
        for (int i = 0; i < 100_000; i++) {
            String lane = Long.toString(17_841_400_000_000_000L + i % 30 * 7_919L);
            meters.settled(lane, Settlement.DONE, (long) (20_000 * Math.exp(random.nextGaussian())));
            if (i % 20 == 0) {
                meters.waited(lane, (long) (300_000 * Math.exp(random.nextGaussian())));
            }
        }
        LaneMinutes told = meters.lastMinute();

        byte[] encoded = LaneCodec.encode(told);

        assertThat(encoded).hasSizeLessThan(2_048);
        LaneMinutes read = LaneCodec.decode(encoded);
        assertThat(read.lanes()).hasSize(20).containsOnlyKeys(told.lanes().keySet());
        read.lanes().forEach((lane, minute) -> isSame(minute, told.lanes().get(lane)));
        isSame(read.others(), told.others());
        assertThat(read.others().counts().done()).isGreaterThan(10_000);
    }

    private static void isSame(LaneMinute read, LaneMinute told) {
        assertThat(read.counts()).isEqualTo(told.counts());
        assertThat(read.donePerSecond()).isCloseTo(told.donePerSecond(), within(0.01));
        assertThat(read.runs().count()).isEqualTo(told.runs().count());
        assertThat(read.waits().secondsAt(0.99)).isEqualTo(told.waits().secondsAt(0.99));
    }

    @Test
    void nothing_is_written_without_lanes_and_what_a_later_release_writes_is_not_read() {
        assertThat(LaneCodec.encode(LaneMinutes.NOTHING)).isNull();
        assertThat(LaneCodec.decode(new byte[] {9, 1, 2})).isEqualTo(LaneMinutes.NOTHING);
    }

    @Test
    void lanes_of_several_processes_are_added() {
        LaneMinutes one = read(Map.of("ana", 3, "ben", 1));
        LaneMinutes other = read(Map.of("ana", 40_000));

        LaneMinutes both = one.plus(other);

        assertThat(both.lanes()).containsOnlyKeys("ana", "ben");
        assertThat(both.lanes().get("ana").counts().done()).isEqualTo(40_003);
        assertThat(both.lanes().get("ana").runs().count()).isEqualTo(40_003);
        assertThat(both.lanes().get("ana").runs().secondsAt(0.5)).isCloseTo(0.04, within(0.005));
    }

    /** As read from its heartbeat; the more runs, the longer they took. */
    private static LaneMinutes read(Map<String, Integer> lanes) {
        LaneMeters meters = new LaneMeters(new PinnedClock(0));
        lanes.forEach(
                (lane, runs) -> IntStream.range(0, runs).forEach(i -> meters.settled(lane, Settlement.DONE, runs)));
        return LaneCodec.decode(LaneCodec.encode(meters.lastMinute()));
    }

    @Test
    void those_that_fail_are_told_of_beside_those_that_are_busy_and_the_rest_together() {
        LaneMinutes minutes = IntStream.range(0, 60)
                .mapToObj(i -> {
                    LaneMeters meters = new LaneMeters(new PinnedClock(0));
                    Settlement settlement = i < 15 ? Settlement.FAILED : Settlement.DONE;
                    IntStream.rangeClosed(0, i).forEach(run -> meters.settled("lane-" + i, settlement, 1_000));
                    return meters.lastMinute();
                })
                .reduce(LaneMinutes.NOTHING, LaneMinutes::plus);

        LaneMinutes told = minutes.told(Set.of("lane-20"));

        Set<String> wanted = IntStream.concat(
                        IntStream.concat(IntStream.range(5, 15), IntStream.range(50, 60)), IntStream.of(20))
                .mapToObj(i -> "lane-" + i)
                .collect(Collectors.toSet());
        assertThat(told.lanes()).containsOnlyKeys(wanted);
        assertThat(told.others().counts().failed()).isEqualTo(1 + 2 + 3 + 4 + 5);
        long runs = told.lanes().values().stream()
                .mapToLong(lane -> lane.counts().ended())
                .sum();
        assertThat(runs + told.others().counts().ended()).isEqualTo(60 * 61 / 2);
    }
}
