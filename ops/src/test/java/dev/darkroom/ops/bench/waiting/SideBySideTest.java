package dev.darkroom.ops.bench.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private final SideBySide figures = new SideBySide("waiting");

    @Test
    void the_last_column_says_how_many_times_the_first_the_last_is() {
        figures.add(1_000, row(200, 0));
        figures.add(5_000, row(300, 1));
        figures.add(2_000_000, row(100, 7));

        assertThat(figures.lines())
                .containsExactly(
                        "            1,000 waiting  5,000 waiting  2,000,000 waiting  ratio",
                        "done per s            200            300                100   0.50",
                        "wait ms              0.00           1.00               7.00");
    }

    @Test
    void json_has_the_number_with_the_figures_and_ratios_of_what_can_be_divided() {
        figures.add(1_000, row(200, 0));
        figures.add(2_000_000, row(100, 7));

        assertThat(figures.columns().get(1))
                .containsOnly(
                        Map.entry("waiting", 2_000_000L), Map.entry("done_per_s", 100L), Map.entry("wait_ms", 7.0));
        assertThat(figures.ratios()).containsOnly(Map.entry("done_per_s", 0.5));
    }

    private static Map<String, Number> row(long done, double wait) {
        Map<String, Number> row = new LinkedHashMap<>();
        row.put("done_per_s", done);
        row.put("wait_ms", wait);
        return row;
    }
}
