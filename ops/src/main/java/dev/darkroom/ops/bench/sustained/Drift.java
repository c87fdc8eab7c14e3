package dev.darkroom.ops.bench.sustained;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a run compares with its beginning: means over the first tenth after the warm-up, and over the last.
 *
 * @param first without those figures that were not measured
 * @param last without those figures that were not measured
 */
record Drift(Map<Column, Double> first, Map<Column, Double> last) {

    /** @throws IllegalArgumentException if there are not two samples after the warm-up */
    static Drift of(List<Sample> samples, Duration warmUp) {
        List<Sample> warm = samples.stream()
                .filter(sample -> sample.seconds() > warmUp.toNanos() / 1e9)
                .toList();
        if (warm.size() < 2) {
            throw new IllegalArgumentException(
                    "There is nothing to compare: " + warm.size() + " samples after " + warmUp.toSeconds() + " s");
        }
        int tenth = Math.max(1, warm.size() / 10);
        return new Drift(means(warm.subList(0, tenth)), means(warm.subList(warm.size() - tenth, warm.size())));
    }

    private static Map<Column, Double> means(List<Sample> samples) {
        Map<Column, Double> means = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            OptionalDouble mean = samples.stream()
                    .map(column::of)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .average();
            mean.ifPresent(value -> means.put(column, value));
        }
        return means;
    }

    /** Last by first, to hundredths; null where there is none. */
    @Nullable
    Double ratio(Column column) {
        Double from = first.get(column);
        Double to = last.get(column);
        return from == null || to == null || from == 0 ? null : Math.round(to / from * 100) / 100.0;
    }
}
