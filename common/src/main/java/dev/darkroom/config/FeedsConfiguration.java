package dev.darkroom.config;

import jakarta.validation.constraints.PositiveOrZero;

/**
 * How photos get into feeds.
 *
 * @param largeAudience an author with so many followers is large: nothing is brought to the followers any more, who see the
 *     photos when they read. 2,000,000 if not set
 */
public record FeedsConfiguration(
        @PositiveOrZero(message = "give a number of followers, such as 2000000")
        int largeAudience) {

    private static final int LARGE_AUDIENCE = 2_000_000;

    /** What holds where nothing is set. */
    public static final FeedsConfiguration DEFAULT = new FeedsConfiguration(0);

    public FeedsConfiguration {
        largeAudience = largeAudience == 0 ? LARGE_AUDIENCE : largeAudience;
    }
}
