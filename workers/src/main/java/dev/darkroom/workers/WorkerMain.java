package dev.darkroom.workers;

import dev.darkroom.config.ConfigurationException;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.death.RunFolder;
import dev.darkroom.workers.runtime.WorkerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The worker process. SIGTERM and Ctrl-C mean quiet, then stop. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = "Does the jobs of the given types, or relays waiting jobs to Gearman, until it is stopped.")
public final class WorkerMain implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

    /** Drained and ended by itself: whoever keeps it running starts it again (sysexits.h: temporary failure). */
    private static final int EXHAUSTED = 75;

    @Option(names = "--parts", required = true, paramLabel = "FILE", description = "Where the parts of the system are.")
    private Path parts = Path.of("parts.yml");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "A job type to do, such as feed.deliver; may be repeated.")
    private List<String> types = List.of();

    @Option(names = "--relay", description = "Relay instead of doing jobs: one process is active, others wait.")
    private boolean relay;

    @Option(
            names = "--alone",
            description = "Do jobs of every type whose process died while it ran them, one at a time.")
    private boolean alone;

    @Option(
            names = "--run-folder",
            paramLabel = "DIR",
            description = {
                "Where this host's workers leave what is read after their death;",
                "the same for all of them (default: a folder of this user in the temporary folder)."
            })
    private Path runFolder = RunFolder.ofThisUser().path();

    @Option(names = "--threads", paramLabel = "N", description = "Jobs at once (default: ${DEFAULT-VALUE}).")
    private int threads = WorkerSettings.DEFAULT_THREADS;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description =
                    "How long a stop waits for running jobs before it gives them back (default: ${DEFAULT-VALUE}).")
    private long drainSeconds = WorkerSettings.DEFAULT_DRAIN_TIMEOUT.toSeconds();

    @Option(
            names = "--exit-on-stdin-end",
            description = "Stop when standard input ends, so as not to outlive the starter.")
    private boolean exitOnStdinEnd;

    private WorkerMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WorkerMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        int roles = (relay ? 1 : 0) + (alone ? 1 : 0) + (types.isEmpty() ? 0 : 1);
        if (roles != 1 || threads < 1 || drainSeconds < 0) {
            System.err.println(
                    "Give one of --relay, --alone and --type (as often as needed); threads and drain time are"
                            + " positive numbers.");
            return CommandLine.ExitCode.USAGE;
        }
        try {
            PartsConfiguration configuration = PartsConfiguration.load(parts);
            WorkerSettings settings = new WorkerSettings(
                    alone ? 1 : threads, Duration.ofSeconds(drainSeconds), new RunFolder(runFolder), alone);
            return runUntilStopped(
                    relay ? RelayWiring.open(configuration) : HandlerWiring.open(configuration, types, settings));
        } catch (ConfigurationException | UnknownTypeException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private int runUntilStopped(Stoppable process) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger(CommandLine.ExitCode.OK);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(stop, stopped), "stop"));
        if (exitOnStdinEnd) {
            Thread watcher = new Thread(() -> awaitEndOfInput(stop), "starter");
            watcher.setDaemon(true);
            watcher.start();
        }
        process.exhausted().thenRun(() -> {
            code.set(EXHAUSTED);
            stop.countDown();
        });
        process.start();
        PrintStream out = System.out;
        out.println("ready " + (relay ? "relay" : alone ? "alone" : String.join(" ", types)));
        out.flush();
        stop.await();
        try {
            process.stop();
        } finally {
            stopped.countDown();
        }
        return code.get();
    }

    /** The JVM ends with its shutdown hooks, so this one lasts until the jobs are given back. */
    private void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(drainSeconds + 30, TimeUnit.SECONDS)) {
                LOG.error("The process did not stop in time; what it held is found by its leases");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEndOfInput(CountDownLatch stop) {
        try {
            while (System.in.read() >= 0) {
                // Whatever is sent means nothing; only the end does.
            }
        } catch (IOException e) {
            LOG.debug("Standard input cannot be read any more", e);
        }
        stop.countDown();
    }

    /** What the process is, from its start to its stop. */
    interface Stoppable {
        void start();

        void stop() throws InterruptedException;

        /** Completes when the process should be replaced by a fresh one; never for most. */
        default CompletionStage<Void> exhausted() {
            return new CompletableFuture<>();
        }
    }
}
