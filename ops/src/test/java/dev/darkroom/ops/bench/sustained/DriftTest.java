package dev.darkroom.ops.bench.sustained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Duration WARM_UP = Duration.ofSeconds(30);

    @Test
    void compares_the_means_of_the_first_and_the_last_tenth_after_the_warm_up() {
        // Every second for 50 s: what is after 30 s is 31 to 50, of which a tenth is two.
        List<Sample> samples = IntStream.rangeClosed(1, 50)
                .mapToObj(second -> Samples.at(second, second * 10))
                .toList();

        Drift drift = Drift.of(samples, WARM_UP);

        assertThat(drift.first()).contains(entry(Column.JOBS_PER_S, 315.0), entry(Column.MEMORY_MIB, 27.0));
        assertThat(drift.last()).contains(entry(Column.JOBS_PER_S, 495.0), entry(Column.WAIT_P99_MS, 990.0));
        assertThat(drift.ratio(Column.JOBS_PER_S)).isEqualTo(1.57);
        assertThat(drift.ratio(Column.TABLE_MB)).isEqualTo(1.0);
    }

    @Test
    void a_short_run_compares_one_sample_with_one() {
        Drift drift = Drift.of(List.of(Samples.at(30, 1), Samples.at(35, 2), Samples.at(40, 3)), WARM_UP);

        assertThat(drift.first()).containsEntry(Column.JOBS_PER_S, 2.0);
        assertThat(drift.last()).containsEntry(Column.JOBS_PER_S, 3.0);
    }

    @Test
    void what_was_not_measured_has_no_mean_and_no_ratio() {
        Drift drift =
                Drift.of(List.of(Samples.at(35, 1, Sample.Waits.NONE), Samples.at(40, 0, Sample.Waits.NONE)), WARM_UP);

        assertThat(drift.first()).doesNotContainKey(Column.WAIT_P50_MS);
        assertThat(drift.ratio(Column.WAIT_P50_MS)).isNull();
    }

    @Test
    void nothing_grows_from_zero_by_a_ratio() {
        Drift drift = Drift.of(List.of(Samples.at(35, 0), Samples.at(40, 5)), WARM_UP);

        assertThat(drift.ratio(Column.JOBS_PER_S)).isNull();
    }

    @Test
    void a_run_that_ended_while_it_warmed_up_compares_with_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drift.of(List.of(Samples.at(29, 1), Samples.at(31, 1)), WARM_UP))
                .withMessageContaining("1 samples after 30 s");
    }
}
