package dev.darkroom.workers.feed;

import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.users.UserId;
import java.util.List;

/**
 * Takes what an account has posted out of the feed of somebody who no longer follows it, by forgetting that feed. Readers pass
 * over it anyway; this makes room for what it had pushed out. Taking single entries out would go wrong for a run that was
 * stopped half-way and goes on after the account is followed again. Thread-safe; repeatable.
 */
public final class RemoveHandler implements JobHandler<RemoveFromFeed> {

    private final FollowStore follows;
    private final FeedStore feeds;

    public RemoveHandler(FollowStore follows, FeedStore feeds) {
        this.follows = follows;
        this.feeds = feeds;
    }

    @Override
    public Outcome handle(RemoveFromFeed job, JobContext context) {
        UserId follower = new UserId(job.follower());
        if (!follows.followedAmong(follower, List.of(new UserId(job.followee())))
                .isEmpty()) {
            return Outcome.discard(job.follower() + " follows " + job.followee() + " again");
        }
        feeds.forget(follower);
        return Outcome.done();
    }
}
