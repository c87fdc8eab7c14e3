package dev.darkroom.ops.bench.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.ops.bench.BenchCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Both commands from end to end, on few jobs; the figures mean nothing here. */
@Timeout(120)
class GearmanCommandsTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine line =
            new CommandLine(new BenchCommand()).setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));

    @Test
    void submit_prints_documented_keys() throws Exception {
        JsonNode figures = json("submit");

        assertThat(figures.get("jobs").asInt()).isEqualTo(1_000);
        assertThat(figures.get("server").asText()).isEqualTo("the Java job server");
        assertKeys(figures.get("submit"));
    }

    @Test
    void handout_prints_documented_keys() throws Exception {
        JsonNode figures = json("handout", "--shared-threads", "1");

        assertKeys(figures.get("handout"));
        assertKeys(figures.get("while_submitting"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jobs=10", "--rounds=0", "--payload=3", "--window=0", "--server=host:port"})
    void refuses_what_cannot_be_measured(String option) {
        assertThat(line.execute("submit", option)).isEqualTo(2);
        assertThat(errors.toString()).contains(option.substring(0, option.indexOf('=')));
    }

    private JsonNode json(String command, String... more) throws Exception {
        List<String> arguments =
                new java.util.ArrayList<>(List.of(command, "--jobs=1000", "--rounds=1", "--java-job-server", "--json"));
        arguments.addAll(List.of(more));
        assertThat(line.execute(arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return new ObjectMapper().readTree(output.toString());
    }

    private static void assertKeys(JsonNode measure) {
        assertThat(measure.fieldNames())
                .toIterable()
                .containsExactly(
                        "median_per_s",
                        "min_per_s",
                        "max_per_s",
                        "reference_median_per_s",
                        "reference_min_per_s",
                        "reference_max_per_s",
                        "ratio",
                        "reads_per_job",
                        "writes_per_job",
                        "reference_reads_per_job",
                        "reference_writes_per_job");
        assertThat(measure.get("median_per_s").asLong()).isPositive();
        assertThat(measure.get("ratio").asDouble()).isPositive();
    }
}
