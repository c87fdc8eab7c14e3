package dev.darkroom.workers.feed;

import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;
import java.util.List;

/**
 * Takes what an account has posted out of the feed of somebody who no longer follows it. Readers pass over it anyway; this
 * makes room. Thread-safe; repeatable.
 */
public final class RemoveHandler implements JobHandler<RemoveFromFeed> {

    private final MediaStore media;
    private final FollowStore follows;
    private final FeedStore feeds;

    public RemoveHandler(MediaStore media, FollowStore follows, FeedStore feeds) {
        this.media = media;
        this.follows = follows;
        this.feeds = feeds;
    }

    @Override
    public Outcome handle(RemoveFromFeed job, JobContext context) {
        UserId follower = new UserId(job.follower());
        UserId followee = new UserId(job.followee());
        if (!follows.followedAmong(follower, List.of(followee)).isEmpty()) {
            return Outcome.discard(job.follower() + " follows " + job.followee() + " again");
        }
        feeds.remove(follower, mediaOf(followee, feeds.mediaIn(follower)));
        return Outcome.done();
    }

    private List<MediaId> mediaOf(UserId owner, List<MediaId> ids) {
        List<MediaId> sameShard =
                ids.stream().filter(id -> id.shard().equals(owner.shard())).toList();
        return media.findAll(sameShard).values().stream()
                .filter(each -> each.owner().equals(owner))
                .map(Media::id)
                .toList();
    }
}
