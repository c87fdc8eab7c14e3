package dev.darkroom.ops.failures;

import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.failures.FailedJob;
import dev.darkroom.jobs.failures.FailedJobs;
import dev.darkroom.jobs.failures.FailureDetail;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.shards.Shards;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code failed show}: all that is known of one failed job. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show one failed job with its arguments and stack.")
final class ShowCommand implements Runnable {

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Parameters(paramLabel = "JOB", description = "The job's number.")
    private long job;

    @Option(names = "--json", description = "One object on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (job <= 0) {
            throw new OpsException("A job's number is positive, not " + job + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Shards shards = ledgers.open()) {
            FailureDetail detail = new FailedJobs(LedgersOption.ledgers(shards))
                    .find(new JobId(job))
                    .orElseThrow(
                            () -> new OpsException(
                                    "Job " + job
                                            + " is not among the failed: it was done, discarded or replayed, or never failed for good."));
            if (json) {
                out.println(Json.text(FailureLines.members(detail)));
            } else {
                print(out, detail);
            }
        }
        out.flush();
    }

    private static void print(PrintWriter out, FailureDetail detail) {
        FailedJob failed = detail.job();
        out.println("job        " + failed.id() + ", " + failed.type() + ", lane '" + failed.lane() + "'");
        out.println("failed     " + FailureLines.time(failed.failedAt()) + " after " + failed.attempts()
                + " attempts, last run by " + failed.worker());
        out.println("enqueued   " + FailureLines.time(failed.createdAt()));
        out.println("group      " + failed.error().fingerprint());
        if (failed.replayId() != null) {
            out.println("replayed   by replay " + failed.replayId() + ", and failed again");
        }
        if (detail.trace() != null) {
            out.println("trace      " + detail.trace());
        }
        out.println("arguments  " + FailureLines.arguments(detail.arguments()));
        out.println();
        String stack = detail.stack();
        out.println(
                stack.isEmpty()
                        ? failed.error().errorClass() + ": " + failed.error().message()
                        : stack);
    }
}
