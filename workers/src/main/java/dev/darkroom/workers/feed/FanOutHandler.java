package dev.darkroom.workers.feed;

import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.DeliveryRun;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FannedOut;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.EffectKind;
import dev.darkroom.media.Effects;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings a ready media into its author's feed and those of the followers: of a few at once, of many by a {@link DeliverMedia}
 * for each chunk, after all of which follows a {@link FannedOut}. Thread-safe; a repeated run adds nothing that is there.
 */
public final class FanOutHandler implements JobHandler<FanOutMedia> {

    /**
     * Followers in a chunk: one query, and one round trip of ten script calls. Who has no more is served at once, as a further
     * job would cost more than it does.
     */
    static final int CHUNK = 5_000;

    private final MediaStore media;
    private final FollowStore follows;
    private final FeedStore feeds;
    private final LargeAuthors largeAuthors;
    private final int largeAudience;
    private final int chunk;

    /** @param largeAudience from so many followers on, nothing is brought to them: they look for themselves */
    public FanOutHandler(
            MediaStore media, FollowStore follows, FeedStore feeds, LargeAuthors largeAuthors, int largeAudience) {
        this(media, follows, feeds, largeAuthors, largeAudience, CHUNK);
    }

    FanOutHandler(
            MediaStore media,
            FollowStore follows,
            FeedStore feeds,
            LargeAuthors largeAuthors,
            int largeAudience,
            int chunk) {
        this.media = media;
        this.follows = follows;
        this.feeds = feeds;
        this.largeAuthors = largeAuthors;
        this.largeAudience = largeAudience;
        this.chunk = chunk;
    }

    @Override
    public Outcome handle(FanOutMedia job, JobContext context) {
        MediaId id = new MediaId(job.mediaId());
        UserId author = new UserId(job.author());
        Optional<Media> found = media.find(id).filter(each -> each.state() == MediaState.READY);
        if (found.isEmpty()) {
            return Outcome.discard("The media " + id + " was deleted, or is not ready to be shown");
        }
        boolean repeated = context.turn() > 0;
        int atOnce = Math.min(chunk, largeAudience - 1);
        List<UserId> first = follows.followersAfter(author, 0, atOnce + 1);
        if (first.size() <= atOnce) {
            List<UserId> audience =
                    Stream.concat(Stream.of(author), first.stream()).toList();
            feeds.push(new DeliveryRun(id, 0, repeated), audience);
            return Outcome.done()
                    .writing(Effects.planned(id, EffectKind.FEEDS, first.size()))
                    .writing(Effects.advanced(id, EffectKind.FEEDS, first.size()));
        }
        feeds.push(new DeliveryRun(id, DeliveryRun.AUTHOR, repeated), List.of(author));
        if (isLarge(author)) {
            return Outcome.done().writing(Effects.planned(id, EffectKind.FEEDS, 0));
        }
        return chunks(job, follows.chunkEnds(author, chunk));
    }

    /** Readers must know it before a photo relies on it, so it is written before this job is completed. */
    private boolean isLarge(UserId author) {
        if (largeAuthors.all().contains(author)) {
            return true;
        }
        if (follows.followerCount(author) < largeAudience) {
            return false;
        }
        largeAuthors.add(author);
        return true;
    }

    private Outcome chunks(FanOutMedia job, List<UserId> ends) {
        MediaId id = new MediaId(job.mediaId());
        UserId author = new UserId(job.author());
        int last = ends.size() - 1;
        long lastBegin = last == 0 ? 0 : ends.get(last - 1).value();
        int inLast = follows.followersBetween(author, lastBegin, ends.get(last).value())
                .size();
        int audience = last * chunk + inLast;
        List<NewJob> deliveries = new ArrayList<>();
        long after = 0;
        for (int i = 0; i <= last; i++) {
            long end = ends.get(i).value();
            deliveries.add(NewJob.now(
                    new DeliverMedia(id.value(), author.value(), after, end, i < last ? chunk : inLast, audience)));
            after = end;
        }
        return Outcome.done()
                .writing(Effects.planned(id, EffectKind.FEEDS, audience))
                .thenFlow(deliveries, FannedOut.of(job));
    }
}
