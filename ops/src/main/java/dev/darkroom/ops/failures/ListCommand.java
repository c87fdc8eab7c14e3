package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.FailedJob;
import dev.darkroom.jobs.failures.FailedJobs;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FailurePage;
import dev.darkroom.jobs.failures.FailurePosition;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code failed list}: single failures, page by page. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List failed jobs, the newest first. Where there are more, the last line says how to go on.")
final class ListCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many, 1 to 1,000 (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Go on where a list ended.")
    private @Nullable String after;

    @Option(names = "--json", description = "One object a line on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            FailurePage page = page(new FailedJobs(LedgersOption.ledgers(shards)), filter.filter(shards));
            if (json) {
                page.jobs().forEach(job -> out.println(Json.text(FailureLines.members(job))));
            } else if (page.jobs().isEmpty()) {
                out.println("No failed job matches.");
            } else {
                table(page.jobs()).lines().forEach(out::println);
            }
            if (page.next() != null) {
                spec.commandLine().getErr().println("There may be more: --after " + page.next());
            }
        } catch (IllegalArgumentException e) {
            throw new OpsException(e.getMessage() + ".", e);
        }
        out.flush();
    }

    /** Goes on through pages that looked at as much as they may and found little. */
    private FailurePage page(FailedJobs jobs, FailureFilter which) {
        List<FailedJob> found = new ArrayList<>();
        FailurePosition next = after == null ? null : FailurePosition.parse(after);
        do {
            FailurePage page = jobs.page(which, next, limit - found.size());
            found.addAll(page.jobs());
            next = page.next();
        } while (next != null && found.size() < limit);
        return new FailurePage(found, next);
    }

    private static TextTable table(List<FailedJob> jobs) {
        TextTable table =
                new TextTable("job", "failed", "type", "lane", "tries", "group", "error").text("type", "lane", "error");
        for (FailedJob job : jobs) {
            table.row(
                    job.id(),
                    FailureLines.time(job.failedAt()),
                    job.type(),
                    job.lane(),
                    job.attempts(),
                    job.error().fingerprint(),
                    FailureLines.message(job.error().errorClass(), job.error().message()));
        }
        return table;
    }
}
