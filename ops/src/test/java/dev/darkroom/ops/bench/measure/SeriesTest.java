package dev.darkroom.ops.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void the_median_is_the_one_in_the_middle() {
        assertThat(Series.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Series(3, 1, 5));
    }

    @Test
    void the_median_of_an_even_count_lies_between_the_two_in_the_middle() {
        assertThat(Series.of(List.of(4.0, 1.0, 3.0, 9.0))).isEqualTo(new Series(3.5, 1, 9));
    }

    @Test
    void nothing_measured_is_no_series() {
        assertThatIllegalArgumentException().isThrownBy(() -> Series.of(List.of()));
    }
}
