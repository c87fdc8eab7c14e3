package dev.darkroom.ops.handout;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.limit.LimitSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets the limits of one type in every database. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = {
            "Set all limits of a type, instead of those of its code; takes effect in a second or two. What is not given is not"
                    + " limited.",
            "",
            "Rates are written as 100/1s, 5/1m or 1000/1h: so many jobs in the period, evenly."
        })
final class LimitSetCommand implements Callable<Integer> {

    @Mixin
    private LedgerAccess access = new LedgerAccess();

    @Parameters(paramLabel = "TYPE", description = "The job type, such as media.render.")
    private String type = "";

    @Option(
            names = "--rate",
            paramLabel = "N/PERIOD",
            converter = RateText.class,
            description = "Jobs of the type in a period.")
    private @Nullable Rate rate;

    @Option(names = "--concurrency", paramLabel = "N", description = "Jobs of the type at a time.")
    private @Nullable Integer concurrency;

    @Option(
            names = "--lane-rate",
            paramLabel = "N/PERIOD",
            converter = RateText.class,
            description = "Jobs of each lane in a period.")
    private @Nullable Rate laneRate;

    @Option(names = "--lane-concurrency", paramLabel = "N", description = "Jobs of each lane at a time.")
    private @Nullable Integer laneConcurrency;

    @Option(names = "--unlimited", description = "No limit, whatever the code says.")
    private boolean unlimited;

    @Option(names = "--default", description = "Back to the limits of the code.")
    private boolean asInCode;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints; {@code limits} is null for those of the code. */
    private record Change(String type, @Nullable String limits) {}

    @Override
    public Integer call() {
        JobLimits limits = limits();
        access.everywhere((database, connection) -> {
            LimitSettings.set(connection, type, limits, LedgerAccess.whoAmI());
            return true;
        });
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(LedgerAccess.json(new Change(type, limits == null ? null : limits.toString())));
        } else {
            out.println(type + ": " + (limits == null ? "limited as in its code" : describe(limits)));
        }
        out.flush();
        return 0;
    }

    private static String describe(JobLimits limits) {
        return limits.isNone() ? "not limited" : "limited to " + limits;
    }

    private @Nullable JobLimits limits() {
        JobLimits limits;
        try {
            limits = new JobLimits(rate, concurrency, laneRate, laneConcurrency);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        int choices = (limits.isNone() ? 0 : 1) + (unlimited ? 1 : 0) + (asInCode ? 1 : 0);
        if (choices != 1) {
            throw new ParameterException(
                    spec.commandLine(), "Give limits, or --unlimited, or --default, and no two of these");
        }
        return asInCode ? null : limits;
    }
}
