package dev.darkroom.workers.feed;

import dev.darkroom.feeds.MergeIntoFeed;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.MirrorFollow;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.users.UserId;

/** Copies an edge to the followee's shard, and has the follower's feed brought into line with it. Thread-safe; repeatable. */
public final class MirrorFollowHandler implements JobHandler<MirrorFollow> {

    private final FollowStore follows;

    public MirrorFollowHandler(FollowStore follows) {
        this.follows = follows;
    }

    @Override
    public Outcome handle(MirrorFollow job, JobContext context) {
        return switch (follows.applyMirror(new UserId(job.follower()), new UserId(job.followee()))) {
            case FOLLOWS -> Outcome.done().then(new MergeIntoFeed(job.follower(), job.followee()));
            case NONE, BLOCKS -> Outcome.done().then(new RemoveFromFeed(job.follower(), job.followee()));
            case REQUESTED -> Outcome.done();
        };
    }
}
