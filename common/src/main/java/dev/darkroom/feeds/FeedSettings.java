package dev.darkroom.feeds;

import java.time.Duration;

/**
 * How feeds are kept.
 *
 * @param kept entries of a feed that are kept when it is trimmed
 * @param slack how many more it may grow by before that, so that not every delivery trims
 * @param life of a feed that nobody looks at; after that nothing is delivered to it until somebody does
 * @param building how long somebody may take to build a feed before another may begin
 * @param remembered how long it is remembered that a chunk of a delivery was begun
 * @param batch feeds that one script call delivers to; Redis serves nobody else meanwhile
 */
public record FeedSettings(int kept, int slack, Duration life, Duration building, Duration remembered, int batch) {

    /** 800 entries, as Twitter kept in 2013, and a tenth as slack; 30 days; 10 seconds; a day; 500 feeds. */
    public static final FeedSettings DEFAULT =
            new FeedSettings(800, 80, Duration.ofDays(30), Duration.ofSeconds(10), Duration.ofDays(1), 500);

    // Lua puts all entries of a feed, and Redis all keys of a call, on a stack of 8,000.
    private static final int LARGEST = 5_000;

    public FeedSettings {
        if (kept < 1 || slack < 0 || kept > LARGEST || batch < 1 || batch > LARGEST) {
            throw new IllegalArgumentException("A feed keeps 1 to 5,000 entries, a call serves 1 to 5,000 feeds");
        }
    }
}
