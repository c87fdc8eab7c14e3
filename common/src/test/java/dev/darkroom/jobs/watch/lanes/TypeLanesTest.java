package dev.darkroom.jobs.watch.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.watch.times.Times;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TypeLanesTest {

    @Test
    void of_any_number_of_lanes_at_most_forty_are_told_of() {
        Map<String, LaneMinute> did = named("w", 500, i -> minute(i + 1));
        Map<String, LaneHandOut> held =
                named("r", 500, i -> new LaneHandOut("r" + i, i < 250 ? null : i * 1.0, 500 - i));

        TypeLanes told = TypeLanes.of(new LaneMinutes(did, LaneMinute.NOTHING), held);

        assertThat(told.lanes()).hasSize(40).containsKeys("w499", "w480", "r499", "r490", "r0", "r9");
        assertThat(told.lanes().get("r0").minute())
                .as("some worker may have done some")
                .isNull();
        assertThat(told.lanes().get("w499").handOut()).isNull();
        assertThat(told.others().counts().done()).isEqualTo(480 * 481 / 2);
    }

    @Test
    void a_lane_that_waits_longest_is_told_with_what_was_done_of_it() {
        Map<String, LaneMinute> did = named("w", 500, i -> minute(i + 1));

        TypeLanes told = TypeLanes.of(
                new LaneMinutes(did, LaneMinute.NOTHING),
                Map.of("w3", new LaneHandOut("w3", 60.0, 1), "new", new LaneHandOut("new", 50.0, 0)));

        assertThat(told.lanes().get("w3").minute().counts().done()).isEqualTo(4);
        assertThat(told.lanes().get("w3").handOut().oldestWaitSeconds()).isEqualTo(60);
        assertThat(told.lanes()).hasSize(22).containsKey("new");
    }

    @Test
    void of_a_lane_in_two_databases_the_longer_wait_counts_and_what_is_in_flight_is_added() {
        LaneHandOut sum = new LaneHandOut("a", null, 3).plus(new LaneHandOut("a", 2.5, 4));

        assertThat(sum).isEqualTo(new LaneHandOut("a", 2.5, 7));
        assertThat(sum.plus(new LaneHandOut("a", 1.0, 0)).oldestWaitSeconds()).isEqualTo(2.5);
    }

    private static LaneMinute minute(int done) {
        return new LaneMinute(done / 60.0, new RunCounts(done, 0, 0, 0, 0, done), Times.NONE, Times.NONE);
    }

    private static <V> Map<String, V> named(String prefix, int count, Function<Integer, V> value) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> prefix + i, value));
    }
}
