package dev.darkroom.gearman.admin;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.ServerAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads a job server's tables. Names come back as the server has them, so the columns are counted from the end: a tab in
 * a name stays in the name, and a name with line breaks is put together again from its lines.
 */
final class Answers {

    private final ServerAddress server;

    Answers(ServerAddress server) {
        this.server = server;
    }

    /** Rows of a name and this many numbers, by name. */
    <T> Map<String, T> byName(List<String> lines, int numbers, Function<long[], T> reader) {
        Map<String, T> rows = new LinkedHashMap<>();
        String row = "";
        for (String line : lines) {
            row += line;
            int end = nameEnd(row, numbers);
            if (end < 0) {
                row += "\n";
            } else {
                rows.put(row.substring(0, end), reader.apply(numbers(row.substring(end + 1))));
                row = "";
            }
        }
        if (!row.isEmpty()) {
            throw notUnderstood(row, "a name and " + numbers + " numbers");
        }
        return rows;
    }

    List<ConnectedWorker> workers(List<String> lines) {
        List<String> rows = new ArrayList<>();
        for (String line : lines) {
            if (rows.isEmpty() || isWorker(line)) {
                rows.add(line);
            } else {
                int last = rows.size() - 1;
                rows.set(last, rows.get(last) + "\n" + line);
            }
        }
        return rows.stream().map(this::worker).toList();
    }

    /** An IPv6 address has colons too, so the name is looked for behind the address. */
    private ConnectedWorker worker(String row) {
        String[] columns = row.split(" ", 3);
        int names = columns.length < 3 ? -1 : (columns[2] + " ").indexOf(" : ");
        if (names < 0) {
            throw notUnderstood(row, "a number, an address, a name and functions");
        }
        String functions = columns[2].substring(Math.min(columns[2].length(), names + 3));
        return new ConnectedWorker(
                (int) number(columns[0]),
                columns[1],
                columns[2].substring(0, names),
                functions.isEmpty() ? List.of() : List.of(functions.split(" ", -1)));
    }

    private static boolean isWorker(String line) {
        return line.matches("(?s)\\d+ [0-9a-zA-Z.:%_-]+ .*");
    }

    /** Where the name before so many numbers ends; -1 where the row does not end with so many. */
    private static int nameEnd(String row, int numbers) {
        int end = row.length();
        for (int i = 0; i < numbers; i++) {
            int tab = row.lastIndexOf('\t', end - 1);
            if (tab < 0
                    || tab + 1 == end
                    || !row.substring(tab + 1, end).chars().allMatch(Answers::isDigit)) {
                return -1;
            }
            end = tab;
        }
        return end;
    }

    private long[] numbers(String columns) {
        String[] texts = columns.split("\t", -1);
        long[] numbers = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            numbers[i] = number(texts[i]);
        }
        return numbers;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    long number(String column) {
        try {
            return Long.parseLong(column);
        } catch (NumberFormatException e) {
            throw notUnderstood(column, "a number");
        }
    }

    private ProtocolException notUnderstood(String text, String expected) {
        return new ProtocolException(
                "Job server " + server + " answered '" + text + "' where " + expected + " was expected");
    }
}
