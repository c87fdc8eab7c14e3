package dev.darkroom.ops.handout;

import dev.darkroom.jobs.breaker.BreakerRow;
import dev.darkroom.jobs.breaker.Breakers;
import dev.darkroom.ops.terminal.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the lanes that are held back. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Show the lanes that are held back, or that a person has set; all others are closed.",
            "",
            "open: nothing goes out but a probe at a time; draining: a probe got through, and the backlog goes out at a rising"
                    + " rate; probe: when the next may go out."
        })
final class BreakerListCommand implements Callable<Integer> {

    @Mixin
    private LedgerAccess access = new LedgerAccess();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints. */
    private record Listing(List<Row> breakers) {}

    /** Durations are in seconds. */
    record Row(
            int database,
            String type,
            String lane,
            String state,
            @Nullable String byHand,
            @Nullable String setBy,
            int failures,
            int probes,
            double seconds,
            @Nullable Double nextProbeSeconds,
            String reason) {

        static Row of(int database, BreakerRow row) {
            return new Row(
                    database,
                    row.type(),
                    row.lane(),
                    row.state(),
                    row.byHand(),
                    row.setBy(),
                    row.failures(),
                    row.probes(),
                    row.seconds(),
                    row.nextProbeSeconds(),
                    row.reason());
        }
    }

    @Override
    public Integer call() {
        List<Row> rows = access
                .everywhere((database, connection) -> Breakers.list(connection).stream()
                        .map(row -> Row.of(database, row))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(LedgerAccess.json(new Listing(rows)));
        } else if (rows.isEmpty()) {
            out.println("no lane is held back");
        } else {
            lines(rows).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    static List<String> lines(List<Row> rows) {
        TextTable table = new TextTable("type", "lane", "database", "state", "for", "probes", "probe", "reason");
        for (Row row : rows) {
            table.row(
                    row.type(),
                    row.lane().isEmpty() ? "-" : row.lane(),
                    row.database(),
                    row.byHand() == null ? row.state() : row.byHand() + " by " + row.setBy(),
                    seconds(row.seconds()),
                    row.probes(),
                    row.nextProbeSeconds() == null ? "-" : "in " + seconds(row.nextProbeSeconds()),
                    row.reason());
        }
        return table.lines();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.0f s", seconds);
    }
}
