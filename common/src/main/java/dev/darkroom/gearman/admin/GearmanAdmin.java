package dev.darkroom.gearman.admin;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerErrorException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a job server by its text protocol. Thread-safe: one call at a time; each blocks up to the time-out. Keeps one
 * connection, opened by the first call and again after a failure; a connection that the server had closed while idle is
 * replaced within the call. Close it when done.
 */
public final class GearmanAdmin implements AutoCloseable {

    private static final String END = ".";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private final ServerAddress server;
    private final Duration timeout;
    private final Dialer dialer;
    private @Nullable TextConnection connection;

    public GearmanAdmin(ServerAddress server) {
        this(server, DEFAULT_TIMEOUT);
    }

    /** @param timeout for connecting, and for each answer as a whole */
    public GearmanAdmin(ServerAddress server, Duration timeout) {
        this(server, timeout, () -> TextConnection.connect(server, timeout));
    }

    GearmanAdmin(ServerAddress server, Duration timeout, Dialer dialer) {
        this.server = server;
        this.timeout = timeout;
        this.dialer = dialer;
    }

    public ServerAddress server() {
        return server;
    }

    /**
     * Every function that the server knows, also those without jobs or workers.
     *
     * @throws GearmanException here and below: {@link NotConnectedException}, {@link ConnectionLostException},
     *     {@link AnswerTimeoutException}, or {@link ServerErrorException} where the server refuses
     */
    public Map<String, FunctionStatus> status() {
        Map<String, FunctionStatus> functions = new LinkedHashMap<>();
        for (String line : ask("status", true)) {
            String[] columns = columns(line, "\t", 4);
            functions.put(columns[0], new FunctionStatus(number(columns[1]), number(columns[2]), number(columns[3])));
        }
        return functions;
    }

    /** The connections of the server. */
    public List<ConnectedWorker> workers() {
        List<ConnectedWorker> workers = new ArrayList<>();
        for (String line : ask("workers", true)) {
            int colon = line.indexOf(" :");
            String[] columns = columns(colon < 0 ? line : line.substring(0, colon), " ", 3);
            String functions = colon < 0 ? "" : line.substring(colon + 2).trim();
            workers.add(new ConnectedWorker(
                    (int) number(columns[0]),
                    columns[1],
                    columns[2],
                    functions.isEmpty() ? List.of() : List.of(functions.split(" "))));
        }
        return workers;
    }

    /** The server's version, such as {@code 1.1.20}. */
    public String version() {
        return okay("version");
    }

    /** Limits the jobs of a function that the server already knows; zero or less is no limit. */
    public void maxQueue(String function, int jobs) {
        if (function.isEmpty() || function.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException(
                    "The text protocol has no way to name this function: '" + function + "'");
        }
        okay("maxqueue " + function + " " + jobs);
    }

    /** Ends the server. gearmand 1.1.20 does not know the command: a {@link ServerErrorException}. */
    public void shutdown() {
        okay("shutdown");
    }

    @Override
    public synchronized void close() {
        drop();
    }

    private String okay(String command) {
        String answer = ask(command, false).get(0);
        return answer.startsWith("OK") ? answer.substring(2).trim() : answer;
    }

    private synchronized List<String> ask(String command, boolean table) {
        boolean reused = connection != null;
        try {
            return exchange(command, table);
        } catch (SocketTimeoutException e) {
            drop();
            throw new AnswerTimeoutException(
                    "Job server " + server + " did not answer '" + command + "' within " + timeout);
        } catch (IOException e) {
            drop();
            if (reused) {
                return ask(command, table);
            }
            throw new ConnectionLostException(server, e);
        }
    }

    private List<String> exchange(String command, boolean table) throws IOException {
        TextConnection current = connected();
        current.send(command, timeout);
        List<String> lines = new ArrayList<>();
        String line = current.readLine();
        if (line.startsWith("ERR ")) {
            int blank = line.indexOf(' ', 4);
            throw new ServerErrorException(
                    server,
                    line.substring(4, blank < 0 ? line.length() : blank),
                    line.substring(4).replace('+', ' '));
        }
        for (; table && !line.equals(END); line = current.readLine()) {
            lines.add(line);
        }
        if (!table) {
            lines.add(line);
        }
        return lines;
    }

    private TextConnection connected() {
        if (connection == null) {
            try {
                connection = dialer.connect();
            } catch (IOException e) {
                throw new NotConnectedException("Cannot connect to job server " + server + ": " + e.getMessage());
            }
        }
        return connection;
    }

    private void drop() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // Nothing hangs on a connection that is given up.
        }
        connection = null;
    }

    private String[] columns(String line, String separator, int count) {
        String[] columns = line.split(separator, -1);
        if (columns.length != count) {
            throw new ProtocolException(
                    "Job server " + server + " answered '" + line + "' where " + count + " columns were expected");
        }
        return columns;
    }

    private long number(String column) {
        try {
            return Long.parseLong(column);
        } catch (NumberFormatException e) {
            throw new ProtocolException("Job server " + server + " answered '" + column + "' instead of a number");
        }
    }

    /** Opens a connection to the server. */
    @FunctionalInterface
    interface Dialer {
        TextConnection connect() throws IOException;
    }
}
