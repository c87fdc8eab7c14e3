package dev.darkroom.ops.cli;

import dev.darkroom.ops.system.DarkroomSystem;
import dev.darkroom.ops.system.DataFolder;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.OneLine;
import dev.darkroom.ops.system.ProgramCopy;
import dev.darkroom.ops.system.RunState;
import dev.darkroom.ops.system.UpOptions;
import dev.darkroom.ops.terminal.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a system until SIGTERM, Ctrl-C or {@code darkroom down}; then everything is drained and stopped in order. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Start everything on this machine and keep it running: PostgreSQL, Redis, S3, a job server, the API, two"
                    + " relays and a worker process for each job type. What dies is started again.",
            "",
            "What a given address replaces is not started. Everything is kept in the data folder and is there again"
                    + " at the next start; run.json in it says where everything is, logs/ holds a log a part."
        })
final class UpCommand implements Callable<Integer> {

    /** As many as there are logical shards. */
    private static final int MOST_DATABASES = 16;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--api-port", paramLabel = "N", defaultValue = "0", description = "Default: a free port.")
    private int apiPort;

    @Option(
            names = "--console-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Accepted for later: this version has no console.")
    private int consolePort;

    @Option(names = "--gearman", paramLabel = "A", description = "Job servers: host:port[,host:port].")
    private @Nullable String gearman;

    @Option(
            names = "--postgres",
            paramLabel = "A",
            description =
                    "host:port, or postgres://user:password@host:port; repeated, the users' data is spread over these"
                            + " servers. The first holds the directory too.")
    private List<String> postgres = List.of();

    @Option(
            names = "--databases",
            paramLabel = "N",
            description =
                    "Spread the users' data over so many PostgreSQL servers of its own. Default: as many as before,"
                            + " at first one. Further ones begin without shards: see docs/runbook/move-a-shard.md.")
    private @Nullable Integer databases;

    @Option(names = "--redis", paramLabel = "A", description = "host:port.")
    private @Nullable String redis;

    @Option(
            names = "--s3",
            paramLabel = "URL",
            description =
                    "Keys from $$AWS_ACCESS_KEY_ID and $$AWS_SECRET_ACCESS_KEY; region from $$AWS_REGION, bucket from"
                            + " $$DARKROOM_S3_BUCKET if set.")
    private @Nullable String s3;

    @Option(
            names = "--json",
            description = "One object on standard output when ready; what happens, on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        int wanted = requireDatabases();
        DataFolder folder = data.folder();
        Optional<ProgramCopy> programs = RunFromCopy.current();
        if (programs.isEmpty()) {
            return RunFromCopy.again(
                    folder, spec.commandLine().getParent().getParseResult().originalArgs());
        }
        UpOptions options = new UpOptions(folder, apiPort, wanted, new UpOptions.Given(gearman, postgres, redis, s3));
        DarkroomSystem system = DarkroomSystem.on(options, programs.get(), this::say);
        Logs.toFile(folder.log("up"));
        if (consolePort != 0) {
            say("--console-port is for later: this version has no console");
        }
        AtomicBoolean wasReady = new AtomicBoolean();
        Thread stop = new Thread(() -> stopAndLeave(system, wasReady), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        boolean started = false;
        try {
            announce(system.start(), folder);
            started = true;
            wasReady.set(true);
        } finally {
            if (!started && withdraw(stop)) {
                system.stop();
            }
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private int requireDatabases() {
        if (databases == null) {
            return 0;
        }
        if (!postgres.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--databases is for embedded servers: repeat --postgres for several given ones");
        }
        if (databases < 1 || databases > MOST_DATABASES) {
            throw new ParameterException(
                    spec.commandLine(), "--databases is 1 to " + MOST_DATABASES + ": " + databases);
        }
        return databases;
    }

    /** Ends the process itself, after everything else: a stop that was asked for is no failure. */
    private void stopAndLeave(DarkroomSystem system, AtomicBoolean wasReady) {
        say("stopping");
        int code = wasReady.get() ? 0 : 1;
        try {
            system.stop();
            say("stopped");
        } catch (RuntimeException e) {
            say("not everything could be stopped in order: " + OneLine.of(e));
            code = 1;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /** False when a signal has begun the stop already, which then also ends this process. */
    private static boolean withdraw(Thread hook) throws InterruptedException {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            new CountDownLatch(1).await();
            return false;
        }
    }

    private void announce(RunState state, DataFolder folder) {
        if (json) {
            print(spec.commandLine().getOut(), Json.text(state));
            return;
        }
        say("ready: api " + state.api() + " - data " + folder.path() + " - stop with Ctrl-C or 'darkroom down'");
        say("run file " + folder.runFile() + " - logs " + folder.log("PART"));
        say("demo user: see demo_user in the run file; 'darkroom status' shows the queues");
    }

    private void say(String line) {
        print(json ? spec.commandLine().getErr() : spec.commandLine().getOut(), line);
    }

    private static synchronized void print(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }
}
