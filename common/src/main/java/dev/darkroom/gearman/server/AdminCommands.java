package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Answers the lines of the text protocol, in gearmand's formats. Lives on the server's event loop. */
final class AdminCommands {

    /** The protocol that is spoken, and who speaks it. */
    private static final String VERSION = "1.1-darkroom";

    private static final String END = ".\n";
    private static final String OKAY = "OK\r\n";

    private final JobQueue queue;
    private final Collection<ServerConnection> connections;
    private final Runnable shutdown;

    AdminCommands(JobQueue queue, Collection<ServerConnection> connections, Runnable shutdown) {
        this.queue = queue;
        this.connections = connections;
        this.shutdown = shutdown;
    }

    /** The whole answer to a line, with its line ends. */
    String answer(String line) {
        List<String> words = List.of(line.trim().split(" +"));
        String command = words.get(0).toLowerCase(Locale.ROOT);
        return switch (command) {
            case "status" -> status();
            case "prioritystatus" -> priorityStatus();
            case "workers" -> workers();
            case "show" -> show(line);
            case "maxqueue" -> maxQueue(words);
            case "create" -> create(words);
            case "drop" -> drop(words);
            case "cancel" -> cancel(words);
            case "version" -> "OK " + VERSION + "\n";
            case "getpid" -> "OK " + ProcessHandle.current().pid() + "\n";
            case "verbose" -> "OK ERROR\n";
            case "shutdown" -> shutdown();
            default -> error("UNKNOWN_COMMAND", "Unknown server command " + command);
        };
    }

    private String status() {
        StringBuilder rows = new StringBuilder();
        for (FunctionQueue function : queue.table().functions()) {
            row(rows, function.name.text(), function.total, function.running, function.workers.size());
        }
        return rows.append(END).toString();
    }

    private String priorityStatus() {
        StringBuilder rows = new StringBuilder();
        for (FunctionQueue function : queue.table().functions()) {
            row(
                    rows,
                    function.name.text(),
                    function.waiting(Priority.HIGH),
                    function.waiting(Priority.NORMAL),
                    function.waiting(Priority.LOW),
                    function.workers.size());
        }
        return rows.append(END).toString();
    }

    private String workers() {
        StringBuilder rows = new StringBuilder();
        for (ServerConnection connection : connections) {
            rows.append(connection.number()).append(' ').append(connection.address());
            rows.append(' ').append(connection.clientId()).append(" :");
            connection.abilities().keySet().forEach(function -> rows.append(' ').append(function.name.text()));
            rows.append('\n');
        }
        return rows.append(END).toString();
    }

    private String show(String line) {
        StringBuilder rows = new StringBuilder();
        switch (line.trim().replaceAll(" +", " ").toLowerCase(Locale.ROOT)) {
            case "show jobs" -> queue.table().jobs().forEach(job -> row(rows, job.handle.text(), job.timesLost, 0, 1));
            case "show unique jobs" ->
                queue.table()
                        .jobs()
                        .forEach(job -> rows.append(job.unique.text()).append('\n'));
            default -> {
                return error("UNKNOWN_SHOW_ARGUMENTS", "Try show jobs or show unique jobs");
            }
        }
        return rows.append(END).toString();
    }

    /** One limit is for every priority; three are for high, normal and low; none lifts the limits. */
    private String maxQueue(List<String> words) {
        if (words.size() < 2) {
            return error("INVALID_ARGUMENTS", "maxqueue takes a function and up to three limits");
        }
        FunctionQueue function = queue.table().known(words.get(1));
        if (function == null) {
            return OKAY;
        }
        function.limits.clear();
        Priority[] priorities = Priority.values();
        for (int i = 0; i < priorities.length; i++) {
            int index = words.size() == 3 ? 2 : 2 + i;
            int limit = index < words.size() ? number(words.get(index)) : 0;
            if (limit > 0) {
                function.limits.put(priorities[i], limit);
            }
        }
        return OKAY;
    }

    private String create(List<String> words) {
        if (words.size() != 3 || !words.get(1).equalsIgnoreCase("function")) {
            return error("INVALID_ARGUMENTS", "Try create function NAME");
        }
        try {
            queue.table().function(new Name(words.get(2)).bytes());
            return OKAY;
        } catch (RefusedException e) {
            return error(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private String drop(List<String> words) {
        FunctionQueue function = words.size() == 3 ? queue.table().known(words.get(2)) : null;
        if (function == null) {
            return "ERR function not found\r\n";
        }
        return queue.table().drop(function) ? OKAY : "ERR there are still connected workers or executing clients\r\n";
    }

    private String cancel(List<String> words) {
        Job job = words.size() == 3 ? queue.table().job(words.get(2)) : null;
        if (job == null || job.worker != null) {
            return "ERR UNKNOWN_JOB\r\n";
        }
        queue.cancel(job);
        return OKAY;
    }

    private String shutdown() {
        shutdown.run();
        return OKAY;
    }

    private static int number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void row(StringBuilder rows, String name, int... columns) {
        rows.append(name);
        for (int column : columns) {
            rows.append('\t').append(column);
        }
        rows.append('\n');
    }

    private static String error(String code, String text) {
        return "ERR " + code + " " + text.replace(' ', '+') + "\r\n";
    }
}
