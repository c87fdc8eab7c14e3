package dev.darkroom.gearman.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.TlsHandshakeException;
import dev.darkroom.gearman.TlsSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a job server by its text protocol. Thread-safe: one call at a time; each blocks up to the time-out. Keeps one
 * connection, opened by the first call and again after a failure; a connection that the server had closed while idle is
 * replaced within the call. Close it when done.
 */
public final class GearmanAdmin implements AutoCloseable {

    private static final String END = ".";

    /** Bytes; leaves room for the longest command beside it. */
    private static final int MAX_NAME = 8_000;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private final ServerAddress server;
    private final Duration timeout;
    private final @Nullable TlsSettings tls;
    private final Dialer dialer;
    private final Answers answers;
    private @Nullable TextConnection connection;

    public GearmanAdmin(ServerAddress server) {
        this(server, DEFAULT_TIMEOUT);
    }

    /** @param timeout for connecting, and for each answer as a whole */
    public GearmanAdmin(ServerAddress server, Duration timeout) {
        this(server, timeout, null, () -> TextConnection.connect(server, timeout, null));
    }

    /**
     * Over TLS.
     *
     * @param timeout for connecting, the handshake included, and for each answer as a whole
     */
    public GearmanAdmin(ServerAddress server, Duration timeout, TlsSettings tls) {
        this(server, timeout, tls, () -> TextConnection.connect(server, timeout, tls));
    }

    GearmanAdmin(ServerAddress server, Duration timeout, Dialer dialer) {
        this(server, timeout, null, dialer);
    }

    private GearmanAdmin(ServerAddress server, Duration timeout, @Nullable TlsSettings tls, Dialer dialer) {
        this.server = server;
        this.timeout = timeout;
        this.tls = tls;
        this.dialer = dialer;
        answers = new Answers(server);
    }

    public ServerAddress server() {
        return server;
    }

    /**
     * Every function that the server knows, also those without jobs or workers. Names are read as UTF-8.
     *
     * @throws GearmanException here and below: {@link NotConnectedException}, {@link ConnectionLostException},
     *     {@link AnswerTimeoutException}, or {@link ServerErrorException} where the server refuses
     */
    public Map<String, FunctionStatus> status() {
        return answers.byName(
                ask("status", true), 3, columns -> new FunctionStatus(columns[0], columns[1], columns[2]));
    }

    /** Every function that the server knows, with its waiting jobs by priority. */
    public Map<String, PriorityStatus> priorityStatus() {
        return answers.byName(
                ask("prioritystatus", true),
                4,
                columns -> new PriorityStatus(columns[0], columns[1], columns[2], columns[3]));
    }

    /** The connections of the server. A function whose name has blanks is listed as several. */
    public List<ConnectedWorker> workers() {
        return answers.workers(ask("workers", true));
    }

    /** All jobs of the server, in no order. A million of them are a line of the answer each. */
    public List<ListedJob> jobs() {
        List<ListedJob> jobs = new ArrayList<>();
        answers.byName(
                        ask("show jobs", true),
                        3,
                        columns -> new ListedJob("", columns[0], columns[1] != 0, columns[2] != 0))
                .forEach((handle, job) ->
                        jobs.add(new ListedJob(handle, job.timesLost(), job.ignored(), job.background())));
        return jobs;
    }

    /** The unique keys of all jobs of the server, in no order; empty for a job that has none. */
    public List<String> uniqueKeys() {
        return ask("show unique jobs", true);
    }

    /**
     * Makes that a job is not handed out any more and tells its clients that it failed. The server counts it until its
     * turn comes, and goes on taking new jobs with its unique key for the same. A job that runs goes on running.
     *
     * @return false where the server does not know the job
     */
    public boolean cancel(String handle) {
        try {
            okay("cancel job " + word(handle));
            return true;
        } catch (ServerErrorException e) {
            if (e.code().equals("UNKNOWN_JOB")) {
                return false;
            }
            throw e;
        }
    }

    /** Makes a function known to the server before anybody submits or does it. */
    public void createFunction(String function) {
        okay("create function " + word(function));
    }

    /**
     * Makes the server forget a function. gearmand compares without regard to case, and forgets a function that has
     * waiting jobs, which it does not survive: drop only what {@link #status()} shows to be empty.
     *
     * @throws ServerErrorException where workers announce it or jobs run, or where there is none
     */
    public void dropFunction(String function) {
        okay("drop function " + word(function));
    }

    /** The server's version, such as {@code 1.1.20}. */
    public String version() {
        return okay("version");
    }

    /** The server's process id. */
    public long processId() {
        return answers.number(okay("getpid"));
    }

    /** How much the server logs, such as {@code ERROR}. */
    public String verbosity() {
        return okay("verbose");
    }

    /**
     * Limits the jobs of a function that the server already knows; for one that it does not, nothing happens. Zero or
     * less is no limit.
     */
    public void maxQueue(String function, int jobs) {
        okay("maxqueue " + word(function) + " " + jobs);
    }

    /**
     * As {@link #maxQueue(String, int)}, by the priority of the job that is submitted; each is compared with all jobs of
     * the function.
     */
    public void maxQueue(String function, int high, int normal, int low) {
        okay("maxqueue " + word(function) + " " + high + " " + normal + " " + low);
    }

    /** Ends the server. gearmand 1.1.20 does not know the command: a {@link ServerErrorException}. */
    public void shutdown() {
        okay("shutdown");
    }

    /**
     * Ends the server when all its connections have gone, this one too; it takes no more. gearmand 1.1.20 does not know
     * the command: a {@link ServerErrorException}.
     */
    public void shutdownGracefully() {
        okay("shutdown graceful");
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
            throw new ConnectionLostException(server, explained(e));
        }
    }

    /** A server that speaks TLS 1.3 refuses a client certificate only after the handshake. */
    private Throwable explained(IOException e) {
        boolean ended = e instanceof SSLException || e instanceof SocketException || e instanceof EOFException;
        return tls != null && ended ? TlsHandshakeException.of(server, tls, e) : e;
    }

    private List<String> exchange(String command, boolean table) throws IOException {
        TextConnection current = connected();
        current.send(command, timeout);
        List<String> lines = new ArrayList<>();
        String line = current.readLine();
        // A row of a table may start like an error, but errors alone end with CR.
        if (line.startsWith("ERR") && (!table || line.endsWith("\r"))) {
            throw refusal(withoutCarriageReturn(line));
        }
        for (; table && !line.equals(END); line = current.readLine()) {
            lines.add(withoutCarriageReturn(line));
        }
        if (!table) {
            lines.add(withoutCarriageReturn(line));
        }
        if (current.hasMore()) {
            // A name with a line of a single dot ended the table early; the rest must not pass for the next answer.
            drop();
        }
        return lines;
    }

    private static String withoutCarriageReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private ServerErrorException refusal(String line) {
        String text = line.substring(3).trim();
        int blank = text.indexOf(' ');
        String first = blank < 0 ? text : text.substring(0, blank);
        // Some refusals of gearmand are sentences without a code.
        return new ServerErrorException(server, first.matches("[A-Z_]+") ? first : "ERR", text.replace('+', ' '));
    }

    private TextConnection connected() throws IOException {
        if (connection != null && connection.hasMore()) {
            drop();
        }
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

    /** gearmand closes the connection at a line of 8,192 bytes. */
    private static String word(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("The text protocol has no way to name this: '" + name + "'");
        }
        if (name.getBytes(UTF_8).length > MAX_NAME) {
            throw new IllegalArgumentException("A name in the text protocol has at most " + MAX_NAME + " bytes");
        }
        return name;
    }

    /** Opens a connection to the server. */
    @FunctionalInterface
    interface Dialer {
        TextConnection connect() throws IOException;
    }
}
