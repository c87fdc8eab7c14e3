package dev.darkroom.workers.feed;

import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.DeliveryRun;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.EffectKind;
import dev.darkroom.media.Effects;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;

/**
 * Brings a media into the feeds of one chunk of followers. Thread-safe; a run that is repeated, even while the one before is
 * under way, adds nothing that is there.
 */
public final class DeliverHandler implements JobHandler<DeliverMedia> {

    private final MediaStore media;
    private final FollowStore follows;
    private final FeedStore feeds;

    public DeliverHandler(MediaStore media, FollowStore follows, FeedStore feeds) {
        this.media = media;
        this.follows = follows;
        this.feeds = feeds;
    }

    @Override
    public Outcome handle(DeliverMedia job, JobContext context) {
        MediaId id = new MediaId(job.mediaId());
        if (media.find(id).isEmpty()) {
            return Outcome.discard("The media " + id + " was deleted before it was delivered to everybody");
        }
        feeds.push(
                new DeliveryRun(id, job.afterFollower(), context.turn() > 0),
                follows.followersBetween(new UserId(job.author()), job.afterFollower(), job.lastFollower()));
        // As many as were planned, so that the count becomes whole whoever came or went in between.
        return Outcome.done().writing(Effects.advanced(id, EffectKind.FEEDS, job.followers()));
    }
}
