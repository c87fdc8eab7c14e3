package dev.darkroom.ops.cli;

import dev.darkroom.ops.demo.Demo;
import dev.darkroom.ops.demo.DemoReport;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Posts photos over a follower graph on a running system and checks every feed. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Make the accounts and follows of a graph, post photos as the most followed and others, wait for the jobs,"
                    + " and compare everybody's feed with the graph.",
            "",
            "Needs a running 'darkroom up'. The exit code is 0 only if no delivery is missing and none is wrong. A"
                    + " second run on the same data uses the same accounts."
        })
final class DemoCommand implements Callable<Integer> {

    /** Short enough to be typed again. */
    private static final int SEEDS = 1_000_000;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--photos", required = true, paramLabel = "DIR", description = "A folder with photos.")
    private Path photos = Path.of("photos");

    @Option(
            names = "--graph",
            required = true,
            paramLabel = "FILE.csv.gz",
            description = "Who follows whom: gzip CSV with the header follower,followee.")
    private Path graph = Path.of("graph.csv.gz");

    @Option(
            names = "--posts",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many; photos are repeated if there are fewer. Default: each photo once.")
    private int posts;

    @Option(
            names = "--kill-every",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Kill one part of the system after another meanwhile, as kill -9 does: workers, job server, API,"
                            + " relays, Redis and PostgreSQL. Default: none.")
    private int killEvery;

    @Option(
            names = "--check",
            paramLabel = "N",
            description = "Check the feeds of N accounts, drawn at random, instead of all.")
    private @Nullable Integer check;

    @Option(
            names = "--check-seed",
            paramLabel = "SEED",
            description = "Draw the same accounts as an earlier check that said this number. Default: a new one.")
    private @Nullable Long checkSeed;

    @Option(names = "--json", description = "One object on standard output; progress is on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (check != null && check < 1) {
            throw new ParameterException(spec.commandLine(), "--check takes a number of 1 or more: " + check);
        }
        long seed = checkSeed == null ? new SecureRandom().nextInt(SEEDS) : checkSeed;
        DemoReport report = new Demo(RunningSystem.require(data.folder()), System.err)
                .run(photos, graph, posts, Duration.ofSeconds(killEvery), new Demo.Check(check, seed));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(report));
        } else {
            print(report, out);
        }
        out.flush();
        return report.isRight() ? 0 : 1;
    }

    private static void print(DemoReport report, PrintWriter out) {
        report.refusals()
                .forEach(refusal -> out.println("refused " + refusal.file()
                        + (refusal.times() > 1 ? " (" + refusal.times() + " times)" : "") + ": " + refusal.reason()));
        TextTable figures = new TextTable("demo", "")
                .row("accounts", report.accounts())
                .row("follows", report.follows())
                .row("warm feeds", report.warmFeeds())
                .row("posted", report.posted())
                .row("refused", report.refused())
                .row("deliveries expected", report.deliveriesExpected())
                .row("made", report.deliveriesMade())
                .row("missing", report.missing())
                .row("wrong", report.wrong())
                .row("rebuilt feeds", report.rebuilt())
                .row("feeds checked", report.feedsChecked() + " of " + report.feeds())
                .row("in Redis", report.checkedInRedis())
                .row("by API", report.checkedByApi())
                .row(
                        "kills",
                        report.kills().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .row("seconds", seconds(report.seconds()));
        TextTable types = new TextTable("type", "done", "retried", "failed", "longest wait");
        report.types()
                .forEach((type, done) -> types.row(
                        type, done.done(), done.retried(), done.failed(), seconds(done.longestWaitSeconds()) + " s"));
        figures.lines().forEach(out::println);
        out.println();
        types.lines().forEach(out::println);
        out.println();
        out.println(verdict(report));
    }

    private static String verdict(DemoReport report) {
        if (!report.isRight()) {
            return "NOT every feed is right";
        }
        return report.checkSeed() == null
                ? "every feed is right"
                : "every feed that was checked is right (--check-seed " + report.checkSeed() + ")";
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
