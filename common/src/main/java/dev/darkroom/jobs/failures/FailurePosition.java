package dev.darkroom.jobs.failures;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A place in the list of failures, which is ordered by time and then by id: where a page ended. */
public record FailurePosition(Instant failedAt, long id) implements Comparable<FailurePosition> {

    @Override
    public int compareTo(FailurePosition other) {
        int byTime = failedAt.compareTo(other.failedAt);
        return byTime == 0 ? Long.compare(id, other.id) : byTime;
    }

    OffsetDateTime time() {
        return OffsetDateTime.ofInstant(failedAt, ZoneOffset.UTC);
    }

    @Override
    public String toString() {
        return failedAt + "/" + id;
    }

    /** @throws IllegalArgumentException if {@link #toString} does not write such a text */
    public static FailurePosition parse(String text) {
        int slash = text.indexOf('/');
        try {
            return new FailurePosition(
                    Instant.parse(text.substring(0, Math.max(0, slash))), Long.parseLong(text.substring(slash + 1)));
        } catch (java.time.format.DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException("Not the end of a page of failures: " + text, e);
        }
    }
}
