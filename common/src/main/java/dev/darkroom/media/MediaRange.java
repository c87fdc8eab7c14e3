package dev.darkroom.media;

import dev.darkroom.shards.IdLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list of media is wanted, newest first.
 *
 * @param maxId only older ones than this
 * @param minId only newer ones than this
 * @param minTimestamp none made before this second
 * @param maxTimestamp none made after this second
 * @param count most to be given
 */
public record MediaRange(
        @Nullable MediaId maxId,
        @Nullable MediaId minId,
        @Nullable Instant minTimestamp,
        @Nullable Instant maxTimestamp,
        int count) {

    /** The newest. */
    public static MediaRange latest(int count) {
        return new MediaRange(null, null, null, null, count);
    }

    /** All ids in the range are below this. */
    long below() {
        long byId = maxId == null ? Long.MAX_VALUE : maxId.value();
        long byTime = maxTimestamp == null
                ? Long.MAX_VALUE
                : IdLayout.smallestIdOf(
                        maxTimestamp.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        return Math.min(byId, byTime);
    }

    /** All ids in the range are above this. */
    long above() {
        long byId = minId == null ? 0 : minId.value();
        long byTime =
                minTimestamp == null ? 0 : IdLayout.smallestIdOf(minTimestamp.truncatedTo(ChronoUnit.SECONDS)) - 1;
        return Math.max(byId, byTime);
    }
}
