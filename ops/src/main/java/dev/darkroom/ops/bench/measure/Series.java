package dev.darkroom.ops.bench.measure;

import java.util.Collection;

/** The rounds of one measure, in order of size. */
public record Series(double median, double min, double max) {

    /** @throws IllegalArgumentException if there is none */
    public static Series of(Collection<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("No round was measured");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Series(median, sorted[0], sorted[sorted.length - 1]);
    }
}
