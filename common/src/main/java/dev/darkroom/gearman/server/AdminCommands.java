package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ProtocolException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers the lines of the text protocol as gearmand 1.1.20 does. {@code shutdown}, which PROTOCOL describes and
 * gearmand does not know, is answered. Lives on the server's event loop.
 */
final class AdminCommands {

    /** The protocol that is spoken, and who speaks it. */
    static final String VERSION = "1.1-darkroom-embedded";

    /** gearmand closes the connection beyond. */
    private static final int MAX_WORDS = 5;

    private static final String END = ".\n";
    private static final String OKAY = "OK\r\n";

    private final JobQueue queue;
    private final Collection<ServerConnection> connections;
    private final Shutdown shutdown;

    AdminCommands(JobQueue queue, Collection<ServerConnection> connections, Shutdown shutdown) {
        this.queue = queue;
        this.connections = connections;
        this.shutdown = shutdown;
    }

    /** Ends the server. */
    interface Shutdown {

        /** @param graceful no new connections; the end comes when those there are have gone */
        void begin(boolean graceful);
    }

    /**
     * The whole answer to a line, with its line ends.
     *
     * @throws ProtocolException where the connection is to be closed
     */
    String answer(String line) {
        int nul = line.indexOf('\0');
        List<String> words = List.of((nul < 0 ? line : line.substring(0, nul)).split(" +", -1));
        if (words.size() > MAX_WORDS) {
            throw new ProtocolException("a line of more than " + MAX_WORDS + " words");
        }
        return switch (words.get(0).toLowerCase(Locale.ROOT)) {
            case "status" -> status();
            case "prioritystatus" -> priorityStatus();
            case "workers" -> workers();
            case "show" -> words.size() < 2 ? unknown(words) : show(words);
            case "cancel" -> words.size() < 3 ? unknown(words) : cancel(words);
            case "maxqueue" -> maxQueue(words);
            case "create" -> create(words);
            case "drop" -> drop(words);
            case "version" -> "OK " + VERSION + "\n";
            case "getpid" -> "OK " + ProcessHandle.current().pid() + "\n";
            case "verbose" -> "OK ERROR\n";
            case "shutdown" -> shutdown(words);
            default -> unknown(words);
        };
    }

    private String status() {
        StringBuilder rows = new StringBuilder();
        for (FunctionQueue function : queue.table().functions()) {
            row(rows, name(function), function.total, function.running, function.workers);
        }
        return rows.append(END).toString();
    }

    private String priorityStatus() {
        StringBuilder rows = new StringBuilder();
        for (FunctionQueue function : queue.table().functions()) {
            row(
                    rows,
                    name(function),
                    function.waiting(Priority.HIGH),
                    function.waiting(Priority.NORMAL),
                    function.waiting(Priority.LOW),
                    function.workers);
        }
        return rows.append(END).toString();
    }

    private String workers() {
        StringBuilder rows = new StringBuilder();
        for (ServerConnection connection : connections) {
            rows.append(connection.number()).append(' ').append(connection.address());
            rows.append(' ').append(connection.clientId()).append(" :");
            for (Ability ability : connection.abilities().inOrder()) {
                rows.append((" " + name(ability.function)).repeat(ability.times));
            }
            rows.append('\n');
        }
        return rows.append(END).toString();
    }

    private String show(List<String> words) {
        StringBuilder rows = new StringBuilder();
        switch (String.join(" ", words).toLowerCase(Locale.ROOT)) {
            case "show jobs" ->
                queue.table()
                        .jobs()
                        .forEach(job -> row(
                                rows, job.handle.text(), job.timesLost, job.ignored ? 1 : 0, job.background ? 1 : 0));
            case "show unique jobs" ->
                queue.table()
                        .jobs()
                        .forEach(job -> rows.append(job.unique.text()).append('\n'));
            default -> {
                return "ERR UNKNOWN_SHOW_ARGUMENTS\r\n";
            }
        }
        return rows.append(END).toString();
    }

    /** One limit is for every priority; three are for high, normal and low; one that is left out is none. */
    private String maxQueue(List<String> words) {
        if (words.size() < 2) {
            return incomplete(words);
        }
        FunctionQueue function = queue.table().known(words.get(1));
        if (function == null) {
            return OKAY;
        }
        function.limits.clear();
        Priority[] priorities = Priority.values();
        for (int i = 0; i < priorities.length; i++) {
            int index = words.size() <= 3 ? 2 : 2 + i;
            int limit = index < words.size() ? (int) CText.number(words.get(index)) : 0;
            if (limit > 0) {
                function.limits.put(priorities[i], limit);
            }
        }
        return OKAY;
    }

    private String create(List<String> words) {
        String name = function(words);
        if (name == null) {
            return incomplete(words);
        }
        try {
            queue.table().function(new Name(name).bytes());
            return OKAY;
        } catch (RefusedException e) {
            return "ERR CREATE_FUNCTION " + name + "\r\n";
        }
    }

    /** gearmand drops a function also where jobs wait, and then reads memory that it has freed: refused here. */
    private String drop(List<String> words) {
        String name = function(words);
        if (name == null) {
            return incomplete(words);
        }
        for (FunctionQueue function : queue.table().functions()) {
            if (name(function).equalsIgnoreCase(name)) {
                if (function.total > 0 || function.workers > 0) {
                    return "ERR there are still connected workers or executing clients\r\n";
                }
                queue.table().drop(function);
                return OKAY;
            }
        }
        return "ERR function not found\r\n";
    }

    private String cancel(List<String> words) {
        if (words.size() != 3 || !words.get(1).equalsIgnoreCase("job")) {
            return "ERR UNKNOWN_ERROR\r\n";
        }
        Job job = queue.table().job(words.get(2));
        if (job == null) {
            return "ERR UNKNOWN_JOB\r\n";
        }
        queue.cancel(job);
        return OKAY;
    }

    private String shutdown(List<String> words) {
        boolean graceful = words.size() > 1 && words.get(1).equalsIgnoreCase("graceful");
        shutdown.begin(graceful);
        return OKAY;
    }

    private static @Nullable String function(List<String> words) {
        return words.size() == 3 && words.get(1).equalsIgnoreCase("function") ? words.get(2) : null;
    }

    private static String name(FunctionQueue function) {
        return CText.upToNul(function.name.bytes());
    }

    private static void row(StringBuilder rows, String name, int... columns) {
        rows.append(name);
        for (int column : columns) {
            rows.append('\t').append(column);
        }
        rows.append('\n');
    }

    private static String incomplete(List<String> words) {
        return "ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+" + words.get(0) + "\r\n";
    }

    private static String unknown(List<String> words) {
        return "ERR UNKNOWN_COMMAND Unknown+server+command" + words.get(0) + "\r\n";
    }
}
