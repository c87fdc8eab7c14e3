package dev.darkroom.workers.feed;

import dev.darkroom.feeds.DeliverMedia;
import dev.darkroom.feeds.DeliveryRun;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.feeds.MergeIntoFeed;
import dev.darkroom.feeds.RemoveFromFeed;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.follows.MirrorFollow;
import dev.darkroom.follows.MirrorJobs;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaStore;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import dev.darkroom.workers.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The jobs of a story: which run when, how often, how far, and which come too late. */
final class StoryJobs {

    private static final int CHUNK = 2;

    /** So many followers make a large author. */
    private static final int LARGE = 4;

    private final Shards shards;
    private final MediaStore media;
    private final FollowStore follows;
    private final FeedStore store;
    private final LargeAuthors largeAuthors;
    private final MirrorJobs mirrors;
    private final Random random;
    private final Consumer<String> log;

    /** Jobs that are to be done, and some that were, for runs that come too late. */
    private final List<Job> jobs = new ArrayList<>();

    private final List<Job> done = new ArrayList<>();

    /** Runs that were stopped half-way and go on when others have long done their job. */
    private final List<Runnable> stopped = new ArrayList<>();

    StoryJobs(Shards shards, FeedStore store, LargeAuthors largeAuthors, Random random, Consumer<String> log) {
        this.shards = shards;
        this.media = new MediaStore(shards);
        this.follows = new FollowStore(shards);
        this.store = store;
        this.largeAuthors = largeAuthors;
        this.mirrors = new MirrorJobs(shards);
        this.random = random;
        this.log = log;
        mirrors.forgetAll();
    }

    void add(Job job) {
        jobs.add(job);
    }

    /** A reader or a run that has read and goes on to write some time later. */
    void stop(Runnable rest) {
        stopped.add(rest);
    }

    void finish() {
        while (takeNew() || !stopped.isEmpty()) {
            runSome();
            resume();
        }
    }

    /** A run that had been stopped goes on when the job is long done: its outcome counts no more. */
    void runLate() {
        if (!done.isEmpty()) {
            Job job = done.get(random.nextInt(done.size()));
            handle(job, Outcomes.FIRST_RUN);
            log.accept("runs late: " + job);
        }
    }

    void runSome() {
        if (!takeNew()) {
            return;
        }
        Job job = any();
        JobContext context = random.nextInt(3) == 0 ? Outcomes.SECOND_RUN : Outcomes.FIRST_RUN;
        Outcome outcome = handle(job, context);
        if (random.nextInt(4) == 0) {
            log.accept("dies after " + job);
            return;
        }
        jobs.remove(job);
        done.add(job);
        log.accept("does " + job);
        if (outcome instanceof Outcome.Done) {
            jobs.addAll(Outcomes.complete(shards, home(job).shard(), outcome));
        }
    }

    /** A run that has read whom or what to bring, and is stopped before it does: the job is run by others meanwhile. */
    void stall() {
        if (!takeNew()) {
            return;
        }
        Job job = any();
        if (job instanceof DeliverMedia deliver) {
            List<UserId> audience = follows.followersBetween(
                    new UserId(deliver.author()), deliver.afterFollower(), deliver.lastFollower());
            MediaId photo = new MediaId(deliver.mediaId());
            stop(() -> store.push(new DeliveryRun(photo, deliver.afterFollower(), false), audience));
        } else if (job instanceof MergeIntoFeed merge) {
            List<MediaId> recent = media.recentIdsOf(List.of(new UserId(merge.followee())), store.kept());
            stop(() -> store.insert(new UserId(merge.follower()), recent));
        } else {
            return;
        }
        log.accept("is stopped half-way: " + job);
    }

    void resume() {
        if (!stopped.isEmpty()) {
            stopped.remove(random.nextInt(stopped.size())).run();
            log.accept("what was stopped goes on");
        }
    }

    /** Whether there are jobs, those included that came with what happened since. */
    private boolean takeNew() {
        jobs.addAll(mirrors.takeAll());
        return !jobs.isEmpty();
    }

    private Job any() {
        return jobs.get(random.nextInt(jobs.size()));
    }

    private Outcome handle(Job job, JobContext context) {
        if (job instanceof FanOutMedia fanOut) {
            return new FanOutHandler(media, follows, store, largeAuthors, LARGE, CHUNK).handle(fanOut, context);
        }
        if (job instanceof DeliverMedia deliver) {
            return new DeliverHandler(media, follows, store).handle(deliver, context);
        }
        if (job instanceof MirrorFollow mirror) {
            return new MirrorFollowHandler(follows).handle(mirror, context);
        }
        if (job instanceof MergeIntoFeed merge) {
            return new MergeHandler(media, follows, store).handle(merge, context);
        }
        if (job instanceof RemoveFromFeed remove) {
            return new RemoveHandler(follows, store).handle(remove, context);
        }
        throw new IllegalStateException("No handler for " + job);
    }

    /** On whose shard a job lies. */
    private static UserId home(Job job) {
        if (job instanceof FanOutMedia fanOut) {
            return new UserId(fanOut.author());
        }
        if (job instanceof DeliverMedia deliver) {
            return new UserId(deliver.author());
        }
        if (job instanceof MirrorFollow mirror) {
            return new UserId(mirror.follower());
        }
        if (job instanceof MergeIntoFeed merge) {
            return new UserId(merge.follower());
        }
        return new UserId(((RemoveFromFeed) job).follower());
    }
}
