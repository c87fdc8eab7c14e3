package dev.darkroom.ops.bench.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.bench.BenchCommand;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Two steps from end to end; the figures mean nothing here. */
@Timeout(240)
class FeaturesBenchIT {

    @Test
    @Tag("full")
    void drains_each_step_and_shows_what_each_part_took() throws Exception {
        List<FeatureStep> all = FeatureStep.all();
        List<FeatureStep> firstAndLast = List.of(all.get(0), withoutComparison(all.get(all.size() - 1)));
        try (BenchServers servers = BenchServers.start(null, true)) {
            List<FeatureRow> rows = new FeaturesBench(servers, 3_000, line -> {}).run(firstAndLast, 1);

            assertThat(rows).hasSize(2).allSatisfy(row -> {
                assertThat(row.rate()).isPositive();
                assertThat(row.parts()).containsOnlyKeys("postgresql", "job_server", "relay", "workers");
            });
        }
    }

    private static FeatureStep withoutComparison(FeatureStep step) {
        return new FeatureStep(step.name(), step.features(), FeatureStep.BASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--n=10", "--rounds=0"})
    void refuses_what_cannot_be_measured(String option) {
        StringWriter errors = new StringWriter();

        int code = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(errors))
                .execute("features", option);

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(option.substring(0, option.indexOf('=')));
    }
}
