package dev.darkroom.workers.feed;

import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.MergeIntoFeed;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;
import java.util.List;

/**
 * Brings what an account has posted lately into the feed of somebody who now follows it, if that feed exists. Thread-safe;
 * repeatable.
 */
public final class MergeHandler implements JobHandler<MergeIntoFeed> {

    private final MediaStore media;
    private final FollowStore follows;
    private final FeedStore feeds;

    public MergeHandler(MediaStore media, FollowStore follows, FeedStore feeds) {
        this.media = media;
        this.follows = follows;
        this.feeds = feeds;
    }

    @Override
    public Outcome handle(MergeIntoFeed job, JobContext context) {
        UserId follower = new UserId(job.follower());
        List<UserId> followee = List.of(new UserId(job.followee()));
        if (follows.followedAmong(follower, followee).isEmpty()) {
            return Outcome.discard(job.follower() + " no longer follows " + job.followee());
        }
        feeds.insert(follower, media.recentIdsOf(followee, feeds.kept()));
        return Outcome.done();
    }
}
