package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.AttemptRange;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FailurePeriod;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.shards.Shards;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which failed jobs a command is about: the same options wherever failed jobs are meant. */
public final class FilterOptions {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9})?)?");

    @Option(names = "--job", paramLabel = "JOB", description = "Only the job of this number.")
    private @Nullable Long job;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type, such as feed.deliver.")
    private @Nullable String type;

    @Option(
            names = "--group",
            paramLabel = "FINGERPRINT",
            description = "Only this cause, as 'failed groups' names it.")
    private @Nullable String group;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only where the error's class or message contains this, in upper or lower case.")
    private @Nullable String text;

    @Option(names = "--lane", paramLabel = "LANE", description = "Only this lane: an author, a host.")
    private @Nullable String lane;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only what failed at or after: 30m, 2h or 3d ago, 2026-11-25T10:00 in this machine's time zone,"
                            + " or 2026-11-25T10:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what failed before.")
    private @Nullable String until;

    @Option(
            names = "--attempts",
            paramLabel = "N[-M]",
            description = "Only jobs that were tried N times, N to M times, or N- for at least N.")
    private @Nullable String attempts;

    /** @throws OpsException if an option makes no sense */
    public FailureFilter filter(Shards shards) {
        try {
            return FailureFilter.ALL
                    .ofJob(job)
                    .ofType(type)
                    .inGroup(group)
                    .containing(text)
                    .inLane(lane)
                    .during(new FailurePeriod(time(shards, since), time(shards, until)))
                    .after(range());
        } catch (IllegalArgumentException e) {
            throw new OpsException(e.getMessage() + ".", e);
        }
    }

    @Nullable
    String type() {
        return type;
    }

    @Nullable
    String group() {
        return group;
    }

    private AttemptRange range() {
        if (attempts == null) {
            return AttemptRange.ANY;
        }
        Matcher range = RANGE.matcher(attempts);
        if (!range.matches()) {
            throw new IllegalArgumentException("--attempts is 3, 2-5 or 3-, not '" + attempts + "'");
        }
        int least = Integer.parseInt(range.group(1));
        if (range.group(2) != null) {
            return new AttemptRange(least, Integer.parseInt(range.group(2)));
        }
        return new AttemptRange(least, attempts.endsWith("-") ? Integer.MAX_VALUE : least);
    }

    private static @Nullable Instant time(Shards shards, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return now(shards).minus(Duration.parse(duration(ago.group(1), ago.group(2))));
        }
        List<Function<String, Instant>> forms = List.of(
                form -> OffsetDateTime.parse(form).toInstant(),
                form -> LocalDateTime.parse(form).atZone(ZoneId.systemDefault()).toInstant(),
                form -> LocalDate.parse(form)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant());
        for (Function<String, Instant> form : forms) {
            Instant parsed = parsed(form, text);
            if (parsed != null) {
                return parsed;
            }
        }
        throw new IllegalArgumentException(
                "A time is 30m, 2h or 3d ago, 2026-11-25T10:00 or 2026-11-25T10:00:00Z, not '" + text + "'");
    }

    private static @Nullable Instant parsed(Function<String, Instant> form, String text) {
        try {
            return form.apply(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String duration(String count, String unit) {
        return unit.equals("d") ? "P" + count + "D" : "PT" + count + unit.toUpperCase(Locale.ROOT);
    }

    /** By the databases' clock, which all times of failures are by. */
    private static Instant now(Shards shards) {
        return shards.directory()
                .with(handle -> handle.createQuery("SELECT clock_timestamp()")
                        .mapTo(Instant.class)
                        .one());
    }
}
