package dev.darkroom.feeds;

import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.FlowFollowUp;

/**
 * Every chunk of a media's followers has been served, or given up.
 *
 * @param chunks how many there were
 * @param failed how many of them were given up
 */
public record FannedOut(long mediaId, long author, long chunks, long failed) implements FlowFollowUp {

    /** Before the chunks have ended. */
    public static FannedOut of(FanOutMedia fanOut) {
        return new FannedOut(fanOut.mediaId(), fanOut.author(), 0, 0);
    }

    @Override
    public FannedOut ended(FlowCounts counts) {
        return new FannedOut(mediaId, author, counts.jobs(), counts.failed());
    }
}
