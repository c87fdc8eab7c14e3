package dev.darkroom.ops.bench.features;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.measure.JobCost;
import dev.darkroom.ops.bench.measure.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a step came to: medians of its rounds.
 *
 * @param micros of one core a job, of all parts
 * @param parts the same of each part, by its name
 * @param added microseconds a job more than the step that it is compared with; null for the first
 */
record FeatureRow(
        FeatureStep step,
        double rate,
        double enqueueRate,
        double micros,
        Map<String, Double> parts,
        double walBytes,
        @Nullable Double added) {

    /**
     * In the order of the steps.
     *
     * @param runs at least one of each step
     * @throws IllegalArgumentException if a step was not measured, or not the one it is compared with
     */
    static List<FeatureRow> of(List<FeatureStep> steps, Map<String, List<FeatureRun>> runs) {
        Map<String, Double> costs = new TreeMap<>();
        List<FeatureRow> rows = new ArrayList<>();
        for (FeatureStep step : steps) {
            List<FeatureRun> rounds = runs.getOrDefault(step.name(), List.of());
            double micros = median(rounds, run -> run.cost().processorMicros());
            costs.put(step.name(), micros);
            rows.add(new FeatureRow(
                    step,
                    median(rounds, FeatureRun::rate),
                    median(rounds, FeatureRun::enqueueRate),
                    micros,
                    parts(rounds),
                    median(rounds, run -> run.cost().walBytes()),
                    added(step, micros, costs)));
        }
        return rows;
    }

    private static @Nullable Double added(FeatureStep step, double micros, Map<String, Double> costs) {
        if (step.against() == null) {
            return null;
        }
        Double before = costs.get(step.against());
        if (before == null) {
            throw new IllegalArgumentException(step.name() + " is compared with what was not measured before it");
        }
        return micros - before;
    }

    private static Map<String, Double> parts(List<FeatureRun> rounds) {
        Map<String, Double> parts = new TreeMap<>();
        for (String part : rounds.get(0).cost().processes().keySet()) {
            parts.put(part, median(rounds, run -> part(run, part)));
        }
        return parts;
    }

    private static double part(FeatureRun run, String name) {
        JobCost.Part part = run.cost().processes().get(name);
        if (part == null) {
            throw new IllegalArgumentException("A round did not measure " + name);
        }
        return part.processorMicros();
    }

    private static double median(List<FeatureRun> rounds, ToDoubleFunction<FeatureRun> figure) {
        return Series.of(rounds.stream().map(figure::applyAsDouble).toList()).median();
    }

    Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("step", step.name());
        keys.put("against", step.against());
        keys.put("jobs_per_s", Math.round(rate));
        keys.put("enqueue_per_s", Math.round(enqueueRate));
        keys.put("processor_us", Figures.thousandths(micros));
        keys.put("added_us", added == null ? null : Figures.thousandths(added));
        parts.forEach((part, value) -> keys.put(part + "_us", Figures.thousandths(value)));
        keys.put("wal_bytes", Math.round(walBytes));
        return keys;
    }
}
