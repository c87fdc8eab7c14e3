package dev.darkroom.ops.terminal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rows under aligned columns: the first to the left, the others, which hold figures, to the right unless they are said to hold
 * text. Not thread-safe.
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final BitSet text = new BitSet();

    public TextTable(String... headings) {
        rows.add(List.of(headings));
        text.set(0);
    }

    /** These columns hold text. */
    public TextTable text(String... headings) {
        for (String heading : headings) {
            text.set(rows.get(0).indexOf(heading));
        }
        return this;
    }

    /** As many cells as there are headings. */
    public TextTable row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("A row has " + rows.get(0).size() + " cells, not " + cells.length);
        }
        rows.add(java.util.Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : GAP).append(text.get(i) ? row.get(i) + padding : padding + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
