package dev.darkroom.ops.bench.sustained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.bench.BenchCommand;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A short run from end to end; the figures mean nothing here. */
@Timeout(180)
class SustainedBenchIT {

    @Test
    void all_that_was_enqueued_is_done_and_the_backlog_stays_bounded() throws Exception {
        SustainedPlan plan = new SustainedPlan(Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ZERO, 2_000);
        List<Sample> samples = new ArrayList<>();
        try (BenchServers servers = BenchServers.start(null, true)) {
            SustainedResult result = new SustainedBench(servers, plan).run(samples::add);

            assertThat(result.nothingLost()).as(result.toString()).isTrue();
            assertThat(result.enqueued()).isPositive();
            assertThat(result.drift().last()).containsKey(Column.WAIT_P99_MS);
        }
        assertThat(samples).hasSize(8).allSatisfy(sample -> {
            // Both connections may have a transaction on its way when the limit is reached.
            assertThat(sample.throughput().waiting()).isLessThanOrEqualTo(2_000 + 2 * 1_000);
            assertThat(sample.memory().workers()).isPositive();
        });
        assertThat(samples.stream().mapToDouble(sample -> sample.throughput().done()))
                .anySatisfy(rate -> assertThat(rate).isPositive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--minutes=0", "--backlog=10", "--csv=/no/such/folder/a.csv", "--plot=/no/such/folder/a.svg"})
    void refuses_what_cannot_be_measured(String option) {
        StringWriter errors = new StringWriter();

        int code = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(errors))
                .execute("sustained", option);

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(option.substring(0, option.indexOf('=')));
    }
}
