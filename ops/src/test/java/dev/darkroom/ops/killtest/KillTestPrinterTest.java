package dev.darkroom.ops.killtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.ops.killtest.faults.FaultLog;
import dev.darkroom.ops.killtest.judge.Verdict;
import dev.darkroom.ops.killtest.sabotage.Sabotage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KillTestPrinterTest {

    private static final Verdict VERDICT = new Verdict(
            120, 117, 1, 2, 3, 4, 5, 6, 7, Map.of("acknowledged", 9L), Map.of("worker killed", 4L), List.of());

    private final KillTestReport report = new KillTestReport(
            new KillTestOptions(Optional.empty(), 200, 10, 1, Sabotage.NONE),
            "servers",
            VERDICT,
            new FaultLog(),
            61.5,
            Path.of("/tmp"));

    @Test
    void json_has_the_counts_and_nothing_else() throws Exception {
        StringWriter text = new StringWriter();
        new KillTestPrinter(new PrintWriter(text)).json(report);

        JsonNode json = new ObjectMapper().readTree(text.toString());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "committed", "done", "failed", "lost", "invented", "run_twice", "double_effects", "kills");
        assertThat(json.get("run_twice").asLong()).isEqualTo(4);
        assertThat(json.get("double_effects").asLong()).isEqualTo(6);
        assertThat(text.toString()).hasLineCount(1);
    }

    @Test
    void fewer_jobs_or_kills_than_asked_are_a_failure_and_so_is_every_broken_promise() {
        assertThat(report.complaints())
                .hasSize(7)
                .anyMatch(line -> line.contains("120 jobs were committed, fewer than the 200"))
                .anyMatch(line -> line.contains("0 kills happened, fewer than the 10"))
                .anyMatch(line -> line.contains("2 jobs are lost"));
    }
}
