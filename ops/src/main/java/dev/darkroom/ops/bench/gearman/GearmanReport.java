package dev.darkroom.ops.bench.gearman;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.measure.Series;
import dev.darkroom.ops.terminal.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What {@code bench submit} and {@code bench handout} print: each measure beside its reference. */
final class GearmanReport {

    private final TextTable table = new TextTable(
            "", "median jobs/s", "min", "max", "bare median", "min", "max", "ratio", "reads/job", "writes/job");
    private final Map<String, Object> keys = new LinkedHashMap<>();

    GearmanReport(GearmanOptions options, String server) {
        keys.put("jobs", options.jobs);
        keys.put("rounds", options.rounds);
        keys.put("payload", options.payload);
        keys.put("server", server);
    }

    void add(String title, String key, List<GearmanRound> rounds) {
        List<GearmanRound> library =
                rounds.stream().filter(GearmanRound::library).toList();
        List<GearmanRound> bare =
                rounds.stream().filter(round -> !round.library()).toList();
        Series ours = series(library, GearmanRound::rate);
        Series reference = series(bare, GearmanRound::rate);
        double reads = series(library, GearmanRound::readsPerJob).median();
        double writes = series(library, GearmanRound::writesPerJob).median();
        table.row(
                title,
                count(ours.median()),
                count(ours.min()),
                count(ours.max()),
                count(reference.median()),
                count(reference.min()),
                count(reference.max()),
                String.format(Locale.ROOT, "%.2f", ours.median() / reference.median()),
                String.format(Locale.ROOT, "%.3f", reads),
                String.format(Locale.ROOT, "%.3f", writes));
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "", ours);
        put(values, "reference_", reference);
        values.put("ratio", Figures.ratio(ours.median(), reference.median()));
        values.put("reads_per_job", Figures.thousandths(reads));
        values.put("writes_per_job", Figures.thousandths(writes));
        values.put(
                "reference_reads_per_job",
                Figures.thousandths(series(bare, GearmanRound::readsPerJob).median()));
        values.put(
                "reference_writes_per_job",
                Figures.thousandths(series(bare, GearmanRound::writesPerJob).median()));
        keys.put(key, values);
    }

    private static Series series(List<GearmanRound> rounds, ToDoubleFunction<GearmanRound> value) {
        return Series.of(rounds.stream().mapToDouble(value).boxed().toList());
    }

    private static void put(Map<String, Object> values, String prefix, Series series) {
        values.put(prefix + "median_per_s", Math.round(series.median()));
        values.put(prefix + "min_per_s", Math.round(series.min()));
        values.put(prefix + "max_per_s", Math.round(series.max()));
    }

    private static String count(double rate) {
        return String.format(Locale.ROOT, "%,.0f", rate);
    }

    String json() {
        return Figures.json(keys);
    }

    List<String> lines() {
        return table.lines();
    }
}
