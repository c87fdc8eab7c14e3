package dev.darkroom.ops.bench.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.darkroom.ops.bench.measure.JobCost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureRowTest {

    private static final FeatureStep BASE = new FeatureStep("base", Set.of(), null);
    private static final FeatureStep FENCE = new FeatureStep("+ fence", Set.of(), "base");

    @Test
    void each_figure_is_the_median_of_the_rounds() {
        FeatureRow row = FeatureRow.of(List.of(BASE), Map.of("base", List.of(run(100, 3), run(300, 9), run(200, 5))))
                .get(0);

        assertThat(row.rate()).isEqualTo(200);
        assertThat(row.enqueueRate()).isEqualTo(400);
        assertThat(row.parts()).containsExactly(entry("relay", 5.0), entry("workers", 10.0));
        assertThat(row.micros()).isEqualTo(15);
        assertThat(row.walBytes()).isEqualTo(50);
        assertThat(row.added()).isNull();
    }

    @Test
    void what_a_step_adds_is_the_difference_of_the_medians() {
        List<FeatureRow> rows = FeatureRow.of(
                List.of(BASE, FENCE),
                Map.of("base", List.of(run(1, 2), run(1, 4)), "+ fence", List.of(run(1, 5), run(1, 7))));

        assertThat(rows).extracting(FeatureRow::added).containsExactly(null, 9.0);
        assertThat(rows.get(1).keys())
                .containsEntry("step", "+ fence")
                .containsEntry("against", "base")
                .containsEntry("processor_us", 18.0)
                .containsEntry("added_us", 9.0)
                .containsEntry("relay_us", 6.0)
                .containsEntry("workers_us", 12.0);
    }

    @Test
    void a_step_that_was_not_measured_has_no_row() {
        assertThatIllegalArgumentException().isThrownBy(() -> FeatureRow.of(List.of(BASE), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureRow.of(List.of(FENCE), Map.of("+ fence", List.of(run(1, 1)))))
                .withMessageContaining("+ fence");
    }

    private static FeatureRun run(double rate, double relayMicros) {
        return new FeatureRun(
                rate,
                2 * rate,
                new JobCost(
                        10 * relayMicros,
                        Map.of(
                                "relay", new JobCost.Part(relayMicros, 0, 0),
                                "workers", new JobCost.Part(2 * relayMicros, 0, 0))));
    }
}
