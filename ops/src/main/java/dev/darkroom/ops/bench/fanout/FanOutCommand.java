package dev.darkroom.ops.bench.fanout;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.system.DataOption;
import dev.darkroom.ops.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench fanout}: how fast a photo gets into its author's followers' feeds. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = {
            "Posts as generated authors with many followers, all of whom have a feed, on a running 'darkroom up', and"
                    + " measures feed entries a second from the commit until every effect is done.",
            "Beside it, in the same run: LPUSHX and LTRIM of the same lists by a bare pipelined client. Also: memory of the"
                    + " feed.deliver process, bytes per feed entry, and how long an author with 100 followers waits while"
                    + " the largest author's photo is on its way.",
            "Makes accounts in the running system and leaves them there; another run uses them again."
        })
public final class FanOutCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--followers",
            paramLabel = "N",
            split = ",",
            description = "Authors by their followers, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> followers = List.of(1_000, 10_000, 100_000, 1_000_000);

    @Option(names = "--json", description = "Print one JSON object on standard output, progress on standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean ascending = IntStream.range(1, followers.size()).allMatch(i -> followers.get(i - 1) < followers.get(i));
        if (followers.isEmpty() || followers.get(0) < 1 || !ascending) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--followers " + followers + ": give positive numbers, each larger than the last");
        }
        FanOutResult result = new FanOutBench(
                        RunningSystem.require(data.folder()),
                        line -> spec.commandLine().getErr().println(line))
                .run(followers);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Figures.json(result));
        } else {
            print(result, out);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void print(FanOutResult result, PrintWriter out) {
        out.println("followers   photos   deliveries/s   bare client   ratio");
        result.authors()
                .forEach(row -> out.println(String.format(
                        Locale.ROOT,
                        "%,9d  %,7d  %,13d  %,12d  %6.2f",
                        row.followers(),
                        row.posts(),
                        row.deliveriesPerS(),
                        row.reference(),
                        row.ratio())));
        out.println();
        out.println(String.format(Locale.ROOT, "bytes per feed entry          %10.2f", result.bytesPerEntry()));
        out.println("memory of feed.deliver, idle  " + String.format(Locale.ROOT, "%6d MiB", result.workerIdleMib()));
        out.println("memory of feed.deliver, most  " + String.format(Locale.ROOT, "%6d MiB", result.workerMostMib()));
        print("100 followers, alone", result.smallIdle(), out);
        print("100 followers, beside it", result.smallBusy(), out);
    }

    private static void print(String what, FanOutResult.Latency latency, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%-28s  p50 %,d ms, p99 %,d ms, most %,d ms (%,d photos)",
                what,
                latency.p50(),
                latency.p99(),
                latency.max(),
                latency.posts()));
    }
}
