package dev.darkroom.gearman.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a {@link JobServer} as a process of its own until it is told to end. */
@Command(
        name = "job-server",
        mixinStandardHelpOptions = true,
        version = {
            "Darkroom job server " + AdminCommands.VERSION,
            "For the embedded default and for tests. Production runs gearmand."
        },
        description = {
            "A small Gearman job server, for the embedded default and for tests. Production runs gearmand.",
            "Prints 'ready port N' once it listens. Jobs live in memory and end with it. Ends on SIGTERM."
        })
public final class JobServerMain implements Callable<Integer> {

    @Option(names = "--host", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = JobServerSettings.DEFAULT.host();

    @Option(names = "--port", description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port = 4730;

    @Option(
            names = "--job-retries",
            description =
                    "How often a job is handed out when its workers vanish, 0 for ever (default: ${DEFAULT-VALUE}).")
    private int jobRetries = JobServerSettings.DEFAULT.jobRetries();

    @Option(names = "--max-jobs", description = "Refuse jobs beyond this many (default: ${DEFAULT-VALUE}).")
    private int maxJobs = JobServerSettings.DEFAULT.maxJobs();

    @Option(names = "--max-bytes", description = "Refuse jobs beyond this memory (default: half of the heap).")
    private long maxBytes = JobServerSettings.DEFAULT.maxBytes();

    @Option(
            names = "--max-connections",
            description = "Refuse connections beyond this many (default: ${DEFAULT-VALUE}).")
    private int maxConnections = JobServerSettings.DEFAULT.maxConnections();

    @Option(names = "--exit-on-stdin-end", description = "End when the standard input ends, as when the starter dies.")
    private boolean exitOnStdinEnd;

    private final InputStream input;
    private final PrintStream output;

    JobServerMain(InputStream input, PrintStream output) {
        this.input = input;
        this.output = output;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new JobServerMain(System.in, System.out)).execute(arguments));
    }

    @Override
    public Integer call() {
        JobServerSettings settings = JobServerSettings.DEFAULT
                .withHost(host)
                .withPort(port)
                .withJobRetries(jobRetries)
                .withMaxJobs(maxJobs)
                .withMaxBytes(maxBytes)
                .withMaxConnections(maxConnections);
        try (JobServer server = JobServer.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "job-server-end"));
            if (exitOnStdinEnd) {
                closeWhenInputEnds(server);
            }
            output.println("ready port " + server.port());
            output.flush();
            server.closed().join();
        }
        return CommandLine.ExitCode.OK;
    }

    private void closeWhenInputEnds(JobServer server) {
        Thread watcher = new Thread(
                () -> {
                    readToEnd();
                    server.close();
                },
                "job-server-stdin");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void readToEnd() {
        byte[] ignored = new byte[256];
        try {
            int read = input.read(ignored);
            while (read >= 0) {
                read = input.read(ignored);
            }
        } catch (IOException e) {
            // A broken standard input is an ended one.
        }
    }
}
