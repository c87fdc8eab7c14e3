package dev.darkroom.ops.handout;

import dev.darkroom.jobs.limit.LimitSettings;
import dev.darkroom.ops.terminal.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the limits in force. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Show the types that are limited, as each database's relay last said.",
            "",
            "shared: no while Redis is away, when each database's relay lets out its own share."
        })
final class LimitListCommand implements Callable<Integer> {

    @Mixin
    private LedgerAccess access = new LedgerAccess();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints. */
    private record Listing(List<Row> limits) {}

    /** One type in one database; {@code limits} is null while no relay has taken the setting over. */
    record Row(
            int database,
            String type,
            @Nullable String limits,
            @Nullable String setBy,
            boolean shared) {

        static Row of(int database, LimitSettings.Setting setting) {
            return new Row(
                    database,
                    setting.type(),
                    setting.limits(),
                    setting.byHand() ? setting.setBy() : null,
                    !setting.ownShare());
        }
    }

    @Override
    public Integer call() {
        List<Row> rows = access
                .everywhere((database, connection) -> LimitSettings.list(connection).stream()
                        .map(setting -> Row.of(database, setting))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(LedgerAccess.json(new Listing(rows)));
        } else if (rows.isEmpty()) {
            out.println("no type is limited");
        } else {
            lines(rows).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    static List<String> lines(List<Row> rows) {
        TextTable table = new TextTable("type", "database", "limits", "set by", "shared");
        for (Row row : rows) {
            table.row(
                    row.type(),
                    row.database(),
                    row.limits() == null ? "not taken over yet" : row.limits(),
                    row.setBy() == null ? "code" : row.setBy(),
                    row.shared() ? "yes" : "no");
        }
        return table.lines();
    }
}
