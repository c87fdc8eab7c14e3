package dev.darkroom.ops.bench.waiting;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same figures measured with less and with more: a column each, from the least to the most, and last how many times the
 * first the last is. Not thread-safe.
 */
final class SideBySide {

    private final String measured;
    private final List<String> headings = new ArrayList<>();
    private final List<Map<String, Number>> columns = new ArrayList<>();

    /** @param measured what there is less or more of, a key of the JSON object as well */
    SideBySide(String measured) {
        this.measured = measured;
    }

    /** @param figures by their keys, the same ones each time, in the order in which they are printed */
    void add(long of, Map<String, Number> figures) {
        headings.add(String.format(Locale.ROOT, "%,d %s", of, measured));
        Map<String, Number> column = new LinkedHashMap<>();
        column.put(measured, of);
        column.putAll(figures);
        columns.add(column);
    }

    /** An aligned table. */
    List<String> lines() {
        List<String> all = new ArrayList<>();
        all.add("");
        all.addAll(headings);
        all.add("ratio");
        TextTable table = new TextTable(all.toArray(String[]::new));
        Map<String, Double> ratios = ratios();
        columns.get(0).keySet().stream().filter(key -> !key.equals(measured)).forEach(key -> {
            List<Object> cells = new ArrayList<>();
            cells.add(key.replace('_', ' '));
            columns.forEach(column -> cells.add(text(column.getOrDefault(key, 0))));
            cells.add(ratios.containsKey(key) ? String.format(Locale.ROOT, "%.2f", ratios.get(key)) : "");
            table.row(cells.toArray());
        });
        return table.lines();
    }

    /** For JSON. */
    List<Map<String, Number>> columns() {
        return List.copyOf(columns);
    }

    /** Last to first, of those that can be divided. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        if (columns.isEmpty()) {
            return ratios;
        }
        Map<String, Number> last = columns.get(columns.size() - 1);
        columns.get(0).forEach((key, first) -> {
            if (first.doubleValue() > 0 && !key.equals(measured)) {
                ratios.put(key, Figures.ratio(last.getOrDefault(key, 0).doubleValue(), first.doubleValue()));
            }
        });
        return ratios;
    }

    private static String text(Number value) {
        boolean whole = value instanceof Long || Math.abs(value.doubleValue()) >= 1_000;
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value.doubleValue());
    }
}
