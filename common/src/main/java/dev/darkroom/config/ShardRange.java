package dev.darkroom.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Consecutive logical shards, written {@code 0-7} or, for a single one, {@code 5}.
 *
 * @param first 0 to 8191
 * @param last itself included; not before the first
 */
public record ShardRange(int first, int last) {

    /** The form, without saying whether the numbers fit. */
    static final String FORM = "[0-9]{1,4}(-[0-9]{1,4})?";

    private static final Pattern PARTS = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");
    private static final int LARGEST = 8191;

    public ShardRange {
        if (first < 0 || last < first || last > LARGEST) {
            throw new IllegalArgumentException(
                    "Logical shards are 0 to " + LARGEST + ", the first before the last: " + first + "-" + last);
        }
    }

    /** Empty if it is none. */
    static Optional<ShardRange> parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(parts.group(1));
        int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
        return last < first || last > LARGEST ? Optional.empty() : Optional.of(new ShardRange(first, last));
    }

    /** As few ranges as hold these shards, ascending. */
    public static List<ShardRange> of(Collection<Integer> shards) {
        List<ShardRange> ranges = new ArrayList<>();
        for (int shard : new TreeSet<>(shards)) {
            int end = ranges.size() - 1;
            if (end >= 0 && ranges.get(end).last() == shard - 1) {
                ranges.set(end, new ShardRange(ranges.get(end).first(), shard));
            } else {
                ranges.add(new ShardRange(shard, shard));
            }
        }
        return ranges;
    }

    IntStream shards() {
        return IntStream.rangeClosed(first, last);
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
