package dev.darkroom.workers;

import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FannedOut;
import dev.darkroom.feeds.FeedJobs;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.RenderMedia;
import dev.darkroom.media.sweep.SweepJobs;
import dev.darkroom.users.UserJobs;
import dev.darkroom.workers.feed.DeliverHandler;
import dev.darkroom.workers.feed.FanOutHandler;
import dev.darkroom.workers.feed.FannedOutHandler;
import dev.darkroom.workers.feed.MergeHandler;
import dev.darkroom.workers.feed.MirrorFollowHandler;
import dev.darkroom.workers.feed.RemoveHandler;
import dev.darkroom.workers.media.DeleteMediaHandler;
import dev.darkroom.workers.media.RenderMediaHandler;
import dev.darkroom.workers.media.SweepPhotosHandler;
import dev.darkroom.workers.users.FinishSignUpsHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Which handler does which job type, and what it is made of. */
final class HandlerCatalogue {

    private static final Map<String, BiConsumer<JobHandlers, HandlerParts>> BY_TYPE = new TreeMap<>(Map.of(
            MediaJobs.RENDER.name(),
                    (handlers, parts) -> handlers.add(
                            MediaJobs.RENDER,
                            parts.atHome(
                                    RenderMedia::mediaId,
                                    new RenderMediaHandler(parts.media(), parts.storage(), parts.renderer()))),
            MediaJobs.DELETE.name(),
                    (handlers, parts) ->
                            handlers.add(MediaJobs.DELETE, new DeleteMediaHandler(parts.media(), parts.storage())),
            FollowJobs.MIRROR.name(),
                    (handlers, parts) -> handlers.add(FollowJobs.MIRROR, new MirrorFollowHandler(parts.follows())),
            FeedJobs.FANOUT.name(),
                    (handlers, parts) -> handlers.add(
                            FeedJobs.FANOUT,
                            parts.atHome(
                                    FanOutMedia::mediaId,
                                    parts.withRedis(new FanOutHandler(
                                            parts.media(),
                                            parts.follows(),
                                            parts.feeds(),
                                            parts.largeAuthors(),
                                            parts.largeAudience())))),
            FeedJobs.DELIVER.name(),
                    (handlers, parts) -> handlers.add(
                            FeedJobs.DELIVER,
                            parts.atHome(
                                    DeliverMedia::mediaId,
                                    parts.withRedis(
                                            new DeliverHandler(parts.media(), parts.follows(), parts.feeds())))),
            FeedJobs.FANNED_OUT.name(),
                    (handlers, parts) ->
                            handlers.add(FeedJobs.FANNED_OUT, parts.atHome(FannedOut::mediaId, new FannedOutHandler())),
            FeedJobs.MERGE.name(),
                    (handlers, parts) -> handlers.add(
                            FeedJobs.MERGE,
                            parts.withRedis(new MergeHandler(parts.media(), parts.follows(), parts.feeds()))),
            FeedJobs.REMOVE.name(),
                    (handlers, parts) -> handlers.add(
                            FeedJobs.REMOVE, parts.withRedis(new RemoveHandler(parts.follows(), parts.feeds()))),
            UserJobs.FINISH_SIGN_UPS.name(),
                    (handlers, parts) ->
                            handlers.add(UserJobs.FINISH_SIGN_UPS, new FinishSignUpsHandler(parts.unfinishedSignUps())),
            SweepJobs.SWEEP.name(),
                    (handlers, parts) -> handlers.add(SweepJobs.SWEEP, new SweepPhotosHandler(parts.photoSweep()))));

    private HandlerCatalogue() {}

    static List<String> types() {
        return List.copyOf(BY_TYPE.keySet());
    }

    /** @throws UnknownTypeException naming the types there are */
    static void add(String type, JobHandlers handlers, HandlerParts parts) {
        BiConsumer<JobHandlers, HandlerParts> entry = BY_TYPE.get(type);
        if (entry == null) {
            throw new UnknownTypeException("No handler does the job type " + type + "; there are "
                    + String.join(", ", BY_TYPE.keySet()) + ".");
        }
        entry.accept(handlers, parts);
    }
}
