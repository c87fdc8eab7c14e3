package dev.darkroom.ops.bench.waiting;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.measure.JobCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code bench waiting} prints: the levels side by side, and the rounds with and without retries due later. */
final class WaitingReport {

    private final Map<String, Object> settings;
    private final SideBySide levels = new SideBySide("waiting");
    private final SideBySide rounds = new SideBySide("later");
    private long wrong;

    /** @param settings of the run, for JSON */
    WaitingReport(Map<String, Object> settings) {
        this.settings = settings;
    }

    void add(WaitingLevel level) {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("fill_per_s", Math.round(level.fillRate()));
        figures.put("enqueue_per_s", Math.round(level.enqueue().rate()));
        figures.put("enqueue_p50_micros", level.enqueue().p50());
        figures.put("enqueue_p99_micros", level.enqueue().p99());
        figures.put("dispatch_per_s", Math.round(level.dispatch().rate()));
        addCost(figures, level.dispatch().cost());
        level.dispatch().memory().forEach((part, mebibytes) -> figures.put(part + "_mib", mebibytes));
        figures.put("held_most", level.dispatch().mostHeld());
        figures.put("probe_p50_ms", Figures.thousandths(level.probes().median()));
        figures.put("probe_max_ms", Figures.thousandths(level.probes().most()));
        figures.put("lost", level.lost());
        levels.add(level.waiting(), figures);
        wrong += Math.abs(level.lost());
    }

    void add(LaterRound round) {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("idle_relay_processor_us_per_s", Math.round(round.idle().relayMicros()));
        figures.put(
                "idle_postgresql_processor_us_per_s", Math.round(round.idle().postgresMicros()));
        figures.put("idle_transactions_per_s", Figures.thousandths(round.idle().transactions()));
        figures.put("idle_rows_read_per_s", Math.round(round.idle().rowsRead()));
        figures.put("drain_per_s", Math.round(round.drainRate()));
        addCost(figures, round.drainCost());
        figures.put("lost", round.lost());
        rounds.add(round.later(), figures);
        wrong += Math.abs(round.lost());
    }

    private static void addCost(Map<String, Number> figures, JobCost cost) {
        cost.processes()
                .forEach((name, part) ->
                        figures.put(name + "_processor_us", Figures.thousandths(part.processorMicros())));
        figures.put("wal_bytes", Math.round(cost.walBytes()));
    }

    /** Whether no job was lost or done twice. */
    boolean isWhole() {
        return wrong == 0;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(levels.lines());
        if (!rounds.columns().isEmpty()) {
            lines.add("");
            lines.addAll(rounds.lines());
        }
        return lines;
    }

    String json() {
        Map<String, Object> keys = new LinkedHashMap<>(settings);
        keys.put("levels", levels.columns());
        keys.put("ratio", levels.ratios());
        keys.put("later", rounds.columns());
        keys.put("later_ratio", rounds.ratios());
        return Figures.json(keys);
    }
}
