package dev.darkroom.ops.system;

import java.util.List;

/** What is said on a terminal is one line, whatever was thrown. */
public final class OneLine {

    private OneLine() {}

    /** The message; of a longer one, its first line and, where that announces a log, the log's last line. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        List<String> lines = message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.size() == 1 ? lines.get(0) : lines.get(0) + " " + lines.get(lines.size() - 1);
    }
}
