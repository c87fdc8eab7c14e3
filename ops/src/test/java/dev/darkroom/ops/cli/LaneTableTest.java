package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.pools.LaneRow;
import dev.darkroom.ops.terminal.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTableTest {

    private static final LaneRow SLOW =
            new LaneRow("media.render", "9007\u001b[2J", 40.2, 96L, 38.42, 0.0042, 40.9, 0.38, 1.21, 12L, 3L, 0L);
    private static final LaneRow UNKNOWN =
            new LaneRow("a", "b", 1.5, 0L, null, null, null, null, null, null, null, null);
    private static final LaneRow OTHERS = new LaneRow("a", null, null, null, 0.0, null, null, null, null, 0L, 0L, 0L);

    @Test
    void what_is_not_known_is_a_dash_and_a_line_says_how_many_are_told_of_at_most() {
        assertThat(LaneTable.lines(List.of(SLOW, UNKNOWN, OTHERS), null))
                .containsExactly(
                        "type          lane          oldest  flight  wait p50  wait p99  run p50  run p99  per s  retried  failed",
                        "media.render  9007?[2J        40 s      96    4.2 ms      41 s   380 ms    1.2 s   38.4       12       3",
                        "a             b              1.5 s       0         -         -        -        -      -        -       -",
                        "a             (all others)       -       -         -         -        -        -      -        0       0",
                        "",
                        "There may be millions of lanes, so not all are told of: of each type at most 20 that are busiest or fail"
                                + " most, and 20 that wait longest or have most in flight.");
    }

    @Test
    void where_there_is_nothing_it_says_so_and_where_else_to_look() {
        assertThat(LaneTable.lines(List.of(), "media.render"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Nothing is told of lanes of media.render: none waits");
        assertThat(LaneTable.lines(List.of(), null).get(1)).contains("darkroom status");
    }

    @Test
    void json_says_the_same() {
        assertThat(Json.text(SLOW))
                .contains("\"lane\":\"9007\\u001B[2J\"", "\"oldest_wait_seconds\":40.2", "\"in_flight\":96")
                .contains("\"throughput\":38.42", "\"run_p99_seconds\":1.21", "\"failed\":3");
        assertThat(Json.text(OTHERS)).contains("\"lane\":null");
    }
}
