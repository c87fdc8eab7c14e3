package dev.darkroom.jobs.failures;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which failed jobs: those that every given condition holds for. The same filter lists, exports, discards and replays.
 *
 * @param job the number of one job
 * @param type the job type's name
 * @param group the fingerprint, 16 hex digits
 * @param text part of the error's class or message, without regard to case; at most {@value #LONGEST} characters
 * @param lane the exact lane; empty for jobs that share one
 */
public record FailureFilter(
        @Nullable Long job,
        @Nullable String type,
        @Nullable String group,
        @Nullable String text,
        @Nullable String lane,
        FailurePeriod period,
        AttemptRange attempts) {

    public static final FailureFilter ALL =
            new FailureFilter(null, null, null, null, null, FailurePeriod.EVER, AttemptRange.ANY);

    private static final int LONGEST = 1_000;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
    private static final Set<String> MEMBERS =
            Set.of("job", "type", "group", "text", "lane", "from", "until", "least_attempts", "most_attempts");

    public FailureFilter {
        if (job != null && job <= 0) {
            throw new IllegalArgumentException("A job's number is positive, not " + job);
        }
        if (group != null && !FINGERPRINT.matcher(group).matches()) {
            throw new IllegalArgumentException("A group is the 16 hex digits of its fingerprint, not '" + group + "'");
        }
        if (text != null && text.isEmpty()) {
            throw new IllegalArgumentException("The error text is empty: leave it out for any error");
        }
        refuseLong("type", type);
        refuseLong("error text", text);
        refuseLong("lane", lane);
    }

    private static void refuseLong(String what, @Nullable String value) {
        if (value != null && (value.length() > LONGEST || value.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("The " + what + " has over " + LONGEST + " characters, or a NUL");
        }
    }

    public FailureFilter ofJob(@Nullable Long number) {
        return new FailureFilter(number, type, group, text, lane, period, attempts);
    }

    public FailureFilter ofType(@Nullable String name) {
        return new FailureFilter(job, name, group, text, lane, period, attempts);
    }

    public FailureFilter inGroup(@Nullable String fingerprint) {
        return new FailureFilter(job, type, fingerprint, text, lane, period, attempts);
    }

    public FailureFilter containing(@Nullable String errorText) {
        return new FailureFilter(job, type, group, errorText, lane, period, attempts);
    }

    public FailureFilter inLane(@Nullable String name) {
        return new FailureFilter(job, type, group, text, name, period, attempts);
    }

    public FailureFilter during(FailurePeriod when) {
        return new FailureFilter(job, type, group, text, lane, when, attempts);
    }

    public FailureFilter after(AttemptRange range) {
        return new FailureFilter(job, type, group, text, lane, period, range);
    }

    /** The given conditions by name, as they are stored and shown; empty for all failed jobs. */
    public Map<String, String> toMap() {
        Map<String, String> members = new LinkedHashMap<>();
        put(members, "job", job);
        put(members, "type", type);
        put(members, "group", group);
        put(members, "text", text);
        put(members, "lane", lane);
        put(members, "from", period.from());
        put(members, "until", period.until());
        put(members, "least_attempts", attempts.least() == AttemptRange.ANY.least() ? null : attempts.least());
        put(members, "most_attempts", attempts.most() == AttemptRange.ANY.most() ? null : attempts.most());
        return members;
    }

    private static void put(Map<String, String> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value.toString());
        }
    }

    /** @throws IllegalArgumentException if {@link #toMap} would not make such a map: a part of a filter is never ignored */
    public static FailureFilter of(Map<String, String> members) {
        Set<String> unknown = new TreeSet<>(members.keySet());
        unknown.removeAll(MEMBERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("A filter has no " + unknown);
        }
        String job = members.get("job");
        return new FailureFilter(
                job == null ? null : Long.valueOf(job),
                members.get("type"),
                members.get("group"),
                members.get("text"),
                members.get("lane"),
                new FailurePeriod(instant(members.get("from")), instant(members.get("until"))),
                new AttemptRange(
                        number(members.get("least_attempts"), AttemptRange.ANY.least()),
                        number(members.get("most_attempts"), AttemptRange.ANY.most())));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not a time: " + text, e);
        }
    }

    private static int number(@Nullable String text, int otherwise) {
        return Integer.parseInt(Objects.requireNonNullElse(text, Integer.toString(otherwise)));
    }
}
