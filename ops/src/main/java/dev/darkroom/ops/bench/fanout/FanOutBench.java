package dev.darkroom.ops.bench.fanout;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.feeds.FeedJobs;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.media.MediaId;
import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The steps of {@code bench fanout}, on a running system. */
final class FanOutBench {

    /** So many deliveries are measured at once where one photo makes fewer. */
    private static final int DELIVERIES = 100_000;

    private static final int MOST_POSTS = 100;
    private static final int SMALL = 100;
    private static final int IDLE_POSTS = 20;
    private static final int KEPT = 800;
    private static final long LIFE_SECONDS = 30L * 24 * 3600;

    private final RunningSystem system;
    private final Consumer<String> progress;
    private final PartsConfiguration parts;
    private final String redis;

    FanOutBench(RunningSystem system, Consumer<String> progress) {
        this.system = system;
        this.progress = progress;
        this.parts = PartsConfiguration.load(system.data().partsFile());
        if (parts.redis().feeds().size() > 1) {
            throw new OpsException("The bare client writes to one Redis server, and the feeds lie on "
                    + parts.redis().feeds() + ".");
        }
        this.redis = parts.redis().feeds().get(0);
    }

    /** @param sizes numbers of followers, ascending; one author with a hundred is added */
    FanOutResult run(List<Integer> sizes) throws IOException, InterruptedException {
        try (Shards shards = Shards.open(parts, new JobTypes(FeedJobs.all()), DirectSubmission.NONE);
                WorkerMemory memory = new WorkerMemory(worker())) {
            List<Integer> all = new ArrayList<>(List.of(SMALL));
            sizes.stream().filter(size -> size != SMALL).forEach(all::add);
            FanOutAudience audience = FanOutAudience.ensure(shards, List.copyOf(all), progress);
            FanOutPosts posts = new FanOutPosts(shards);
            long idle = memory.now();
            progress.accept("warming up");
            int largest = all.get(all.size() - 1);
            warm(audience.followers(largest));
            posts.awaitDelivered(posts.post(audience.author(all.get(Math.min(1, all.size() - 1))), 10));
            FanOutResult.Latency smallIdle = small(posts, audience, IDLE_POSTS, null);
            List<FanOutResult.Row> rows = new ArrayList<>();
            for (int size : sizes) {
                rows.add(measure(posts, audience, size));
            }
            progress.accept("an author with " + SMALL + " followers beside one with " + largest);
            warm(audience.followers(largest));
            List<MediaId> large = posts.post(audience.author(largest), 1);
            CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> await(posts, large));
            FanOutResult.Latency smallBusy = small(posts, audience, Integer.MAX_VALUE, delivered);
            return new FanOutResult(rows, bytesPerEntry(), idle, memory.most(), smallIdle, smallBusy);
        }
    }

    private FanOutResult.Row measure(FanOutPosts posts, FanOutAudience audience, int size)
            throws IOException, InterruptedException {
        List<UserId> followers = audience.followers(size);
        int count = Math.max(1, Math.min(MOST_POSTS, DELIVERIES / size));
        warm(followers);
        progress.accept(size + " followers, bare client");
        double bare = bare(followers, count);
        warm(followers);
        progress.accept(size + " followers, " + count + (count == 1 ? " photo" : " photos"));
        long start = System.nanoTime();
        posts.awaitDelivered(posts.post(audience.author(size), count));
        double rate = (double) size * count * 1e9 / (System.nanoTime() - start);
        return new FanOutResult.Row(size, count, Math.round(rate), Math.round(bare), Figures.ratio(rate, bare));
    }

    /** Lists a second. */
    private double bare(List<UserId> followers, int times) throws IOException {
        try (RedisPipeline pipeline = new RedisPipeline(redis)) {
            String prefix = prefix(pipeline);
            long start = System.nanoTime();
            for (int i = 1; i <= times; i++) {
                String media = Long.toString(Long.MAX_VALUE - i);
                for (UserId follower : followers) {
                    String key = prefix + follower;
                    pipeline.send("LPUSHX", key, media);
                    pipeline.send("LTRIM", key, "0", Integer.toString(KEPT));
                }
            }
            pipeline.finish();
            return (double) followers.size() * times * 1e9 / (System.nanoTime() - start);
        }
    }

    /** Gives everybody an empty feed, as of somebody who looked at it. */
    private void warm(List<UserId> users) throws IOException {
        try (RedisPipeline pipeline = new RedisPipeline(redis)) {
            String prefix = prefix(pipeline);
            for (UserId user : users) {
                pipeline.send("DEL", prefix + user);
                pipeline.send("RPUSH", prefix + user, "0");
                pipeline.send("EXPIRE", prefix + user, Long.toString(LIFE_SECONDS));
            }
            pipeline.finish();
        }
    }

    private String prefix(RedisPipeline pipeline) throws IOException {
        String generation = pipeline.ask("HGET", "feed:generation", "name");
        if (generation.isEmpty()) {
            throw new OpsException("No feed has been read yet: read one, as with curl, and try again.");
        }
        return "feed:" + generation + ":" + parts.redis().feedLayout() + ":";
    }

    private double bytesPerEntry() throws IOException {
        try (RedisPipeline pipeline = new RedisPipeline(redis)) {
            String key = prefix(pipeline) + "9007199254740993";
            pipeline.send("DEL", key);
            for (int i = 0; i < KEPT; i++) {
                // As far apart as ids are.
                pipeline.send("LPUSH", key, Long.toString((1L << 61) + i * (1L << 33)));
            }
            double bytes = Double.parseDouble(pipeline.ask("MEMORY", "USAGE", key, "SAMPLES", "0"));
            pipeline.ask("DEL", key);
            return Math.round(bytes / KEPT * 100) / 100.0;
        }
    }

    /** Posts one after another until so many are done, or until something else is. */
    private static FanOutResult.Latency small(
            FanOutPosts posts, FanOutAudience audience, int most, @Nullable CompletableFuture<Void> until)
            throws InterruptedException {
        List<Long> took = new ArrayList<>();
        while (took.size() < most && (until == null || !until.isDone())) {
            long start = System.nanoTime();
            posts.awaitDelivered(posts.post(audience.author(SMALL), 1));
            took.add((System.nanoTime() - start) / 1_000_000);
        }
        if (until != null) {
            until.join();
        }
        return FanOutResult.Latency.of(took);
    }

    private static void await(FanOutPosts posts, List<MediaId> media) {
        try {
            posts.awaitDelivered(media);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private long worker() {
        return system.state().pids().entrySet().stream()
                .filter(part -> part.getKey().startsWith(FeedJobs.DELIVER.name()))
                .findFirst()
                .orElseThrow(() -> new OpsException(
                        "No feed.deliver process runs: see 'darkroom status', or start the system again."))
                .getValue();
    }
}
