package dev.darkroom.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.probe.ProbeStatus;
import dev.darkroom.ops.pools.LaneStatus;
import dev.darkroom.ops.pools.Lately;
import dev.darkroom.ops.pools.TypeStatus;
import dev.darkroom.ops.terminal.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeTablesTest {

    private static final TypeStatus BUSY = new TypeStatus(
            "media.render",
            1_204,
            7,
            96,
            16,
            41.26,
            1_000_000,
            12,
            3,
            16,
            false,
            new LaneStatus("900719925474099312345678\u001b[2J", 40.2),
            new ProbeStatus(0.123, 3.4, null),
            new Lately(38.42, 0.0042, 40.9, 0.38, 1.21));

    private static final TypeStatus IDLE = new TypeStatus(
            "a",
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            true,
            new LaneStatus(null, 0),
            new ProbeStatus(null, null, 8_000.0),
            new Lately(0, null, null, null, null));

    @Test
    void tables_align_and_what_there_is_nothing_to_tell_of_is_a_dash() {
        assertThat(TypeTables.lines(List.of(IDLE, BUSY)))
                .containsExactly(
                        "jobs          waiting  later  flight  running  per s     done  retried  failed  threads",
                        "a (paused)          0      0       0        0      -        0        0       0        0",
                        "media.render     1204      7      96       16   38.4  1000000       12       3       16",
                        "",
                        "times         oldest  wait p50  wait p99  run p50  run p99  worst lane                      probe",
                        "a (paused)         -         -         -        -        -  -                               no answer for 2.2 h",
                        "media.render    41 s    4.2 ms      41 s   380 ms    1.2 s  40 s, 90071992547409931234567…  123 ms, 3.4 s ago");
    }

    @Test
    void a_type_that_was_never_probed_or_not_answered_yet_has_no_probe() {
        assertThat(timesOf(null)).matches("a( +-){7}");
        assertThat(timesOf(new ProbeStatus(null, null, null))).matches("a( +-){7}");
    }

    private static String timesOf(ProbeStatus probe) {
        List<String> lines = TypeTables.lines(List.of(probed(probe)));
        return lines.get(lines.size() - 1);
    }

    @Test
    void json_says_the_same() {
        assertThat(Json.text(BUSY))
                .contains(
                        "\"worst_lane\":{\"lane\":\"900719925474099312345678\\u001B[2J\",\"seconds\":40.2}",
                        "\"probe\":{\"wait_seconds\":0.123,\"seconds_ago\":3.4,\"unanswered_seconds\":null}",
                        "\"last_minute\":{\"throughput\":38.42,\"wait_p50_seconds\":0.0042,\"wait_p99_seconds\":40.9,"
                                + "\"run_p50_seconds\":0.38,\"run_p99_seconds\":1.21}",
                        "\"in_flight\":96",
                        "\"depth\":1204");
    }

    private static TypeStatus probed(ProbeStatus probe) {
        return new TypeStatus("a", 0, 0, 0, 0, 0, 0, 0, 0, 0, false, new LaneStatus(null, 0), probe, IDLE.lately());
    }
}
