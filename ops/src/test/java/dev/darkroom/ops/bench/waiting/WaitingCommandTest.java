package dev.darkroom.ops.bench.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.ops.bench.BenchCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WaitingCommandTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine line =
            new CommandLine(new BenchCommand()).setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--waiting=10",
                "--waiting=5000,1000",
                "--waiting=1000,1000",
                "--later=-1",
                "--drain=1",
                "--lanes=0",
                "--seconds=0"
            })
    void refuses_what_cannot_be_measured(String option) {
        assertThat(line.execute("waiting", option)).isEqualTo(2);
        assertThat(errors.toString()).contains(option.substring(0, option.indexOf('=')));
    }

    @Test
    void says_how_much_room_is_missing() {
        assertThat(DiskSpace.needed(10_000_000)).isBetween(6_000_000_000L, 9_000_000_000L);
        assertThat(DiskSpace.tooLittle(10_000_000, Path.of("/tmp"), 3_200_000_000L))
                .isEqualTo(
                        "10,000,000 jobs need about 7.5 GB in /tmp, where 3.2 GB are free: make room, or ask for fewer");
    }

    /** On few jobs; the figures mean nothing here. */
    @Test
    @Tag("full")
    @Timeout(180)
    void prints_documented_keys_and_loses_no_job() throws Exception {
        int code = line.execute(
                "waiting",
                "--waiting=1000,2000",
                "--later=1000",
                "--drain=1000",
                "--lanes=10",
                "--seconds=1",
                "--java-job-server",
                "--json");

        assertThat(code).as(errors.toString()).isZero();
        JsonNode figures = new ObjectMapper().readTree(output.toString());
        assertThat(figures.fieldNames())
                .toIterable()
                .containsExactly("lanes", "seconds", "drain", "job_server", "levels", "ratio", "later", "later_ratio");
        assertThat(figures.get("levels")).hasSize(2).allSatisfy(level -> {
            assertThat(level.get("dispatch_per_s").asLong()).isPositive();
            assertThat(level.get("enqueue_p99_micros").asLong()).isPositive();
            assertThat(level.get("relay_mib").asLong()).isPositive();
            assertThat(level.get("probe_p50_ms").asDouble()).isPositive();
            assertThat(level.get("lost").asLong()).isZero();
        });
        assertThat(figures.get("later")).hasSize(2).allSatisfy(round -> {
            // Of so few jobs no rate can be told: PostgreSQL's statistics are a second late.
            assertThat(round.has("drain_per_s")).isTrue();
            assertThat(round.get("idle_transactions_per_s").asDouble()).isPositive();
            assertThat(round.get("lost").asLong()).isZero();
        });
    }
}
