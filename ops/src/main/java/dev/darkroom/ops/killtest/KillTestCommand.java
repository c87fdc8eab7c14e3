package dev.darkroom.ops.killtest;

import dev.darkroom.ops.killtest.sabotage.Sabotage;
import dev.darkroom.ops.terminal.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kill-test}: shows that no kill loses, invents or doubles a job. */
@Command(
        name = "kill-test",
        mixinStandardHelpOptions = true,
        description = {
            "Runs jobs at full load on a PostgreSQL, two job servers and a Redis of its own, kills and stops workers, job"
                    + " servers, producers, relays and PostgreSQL at random moments, and then accounts for every job.",
            "",
            "The exit code is 0 only if every committed job is done, or failed for its own reason, with its effect once,"
                    + " and if there were as many jobs and kills as asked for."
        })
public final class KillTestCommand implements Callable<Integer> {

    private static final int KILLS = 10;
    private static final int KILLS_A_MINUTE = 10;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "How long jobs are produced and parts killed. Default: until there were enough of both.")
    private @Nullable Double minutes;

    @Option(names = "--jobs", paramLabel = "N", description = "Jobs at least (default: ${DEFAULT-VALUE}).")
    private long jobs = 20_000;

    @Option(
            names = "--kills",
            paramLabel = "K",
            description = "Kills at least, and half as many stops beside them (default: " + KILLS + ", or "
                    + KILLS_A_MINUTE + " a minute).")
    private @Nullable Integer kills;

    @Option(names = "--seed", paramLabel = "S", description = "Of all that is random. Default: another each time.")
    private long seed = RandomGenerator.getDefault().nextInt(1_000_000);

    @Option(
            names = "--json",
            description = "Print one JSON object with the counts on standard output, all else on standard error.")
    private boolean json;

    /** For the tests of this test. */
    @Option(names = "--without", hidden = true)
    private Sabotage sabotage = Sabotage.NONE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("darkroom-kill-test-");
        KillTestReport report = new KillTest(options(), new Progress(System.err), folder).run();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new KillTestPrinter(out).json(report);
        }
        new KillTestPrinter(json ? spec.commandLine().getErr() : out).table(report);
        if (report.isRight()) {
            delete(folder);
            return CommandLine.ExitCode.OK;
        }
        spec.commandLine().getErr().println("The kill test FAILED: " + String.join("; ", report.complaints()) + ".");
        report.verdict().examples().forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().println("Logs and data are in " + folder);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private KillTestOptions options() {
        require(jobs >= 1, "--jobs " + jobs + ": ask for at least one");
        require(kills == null || kills >= 0, "--kills " + kills + ": there are no negative kills");
        require(minutes == null || minutes > 0, "--minutes " + minutes + ": give it some time");
        Optional<Duration> time = Optional.ofNullable(minutes).map(given -> Duration.ofMillis((long) (given * 60_000)));
        int usual = minutes == null ? KILLS : (int) Math.ceil(minutes * KILLS_A_MINUTE);
        return new KillTestOptions(time, jobs, kills == null ? usual : kills, seed, sabotage);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path file : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
