package dev.darkroom.ops.demo;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The users whose feeds are checked. Immutable.
 *
 * @param users by number in the graph, ascending
 * @param of how many there are
 * @param seed with which they were drawn: the same again draws the same; null if they are all
 */
record FeedSample(List<Integer> users, int of, @Nullable Long seed) {

    static FeedSample all(int accounts) {
        return new FeedSample(IntStream.rangeClosed(1, accounts).boxed().toList(), accounts, null);
    }

    /** So many of them at random; all if there are no more. */
    static FeedSample some(int count, int accounts, long seed) {
        if (count >= accounts) {
            return all(accounts);
        }
        List<Integer> drawn = new Random(seed)
                .ints(1, accounts + 1)
                .distinct()
                .limit(count)
                .sorted()
                .boxed()
                .toList();
        return new FeedSample(drawn, accounts, seed);
    }
}
