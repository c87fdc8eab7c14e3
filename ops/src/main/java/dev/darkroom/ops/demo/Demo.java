package dev.darkroom.ops.demo;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaId;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.ops.pools.TypeFigures;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.system.RunState;
import dev.darkroom.ops.system.RunningSystem;
import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.AccessTokens;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration: makes the accounts of a graph, posts photos through the API, waits for the jobs, and compares every feed
 * with the graph. Run once, by one thread.
 */
public final class Demo {

    /** Enough to keep the API busy on a small machine. */
    private static final int POSTS_AT_ONCE = 6;

    private final RunningSystem system;
    private final PartsConfiguration parts;
    private final Progress progress;

    /** @param errors where progress is shown */
    public Demo(RunningSystem system, PrintStream errors) {
        this.system = system;
        this.parts = PartsConfiguration.load(system.data().partsFile());
        this.progress = new Progress(errors);
    }

    /**
     * Runs it.
     *
     * @param photos the folder with the photos
     * @param graphFile gzip CSV, {@code follower,followee}
     * @param posts how many; 0 for one of each photo. More than there are photos repeat them
     * @param killEvery from the first post until no job is left, one part after another is killed this often; zero for never
     * @param check whose feeds are compared at the end
     */
    public DemoReport run(Path photos, Path graphFile, int posts, Duration killEvery, Check check) {
        List<Path> files = Photos.in(photos);
        Graph graph = Graph.read(graphFile);
        try (Shards shards = Shards.open(parts, new JobTypes(List.of()), DirectSubmission.NONE);
                RawFeeds raw = new RawFeeds(parts.redis())) {
            GraphAccounts.Loaded accounts = new GraphAccounts(shards, graph).ensure(progress);
            RunState.Client client = Objects.requireNonNull(system.state().client());
            Tokens tokens = new Tokens(new AccessTokens(shards.directory(), new SecureRandom()), client.id());
            ApiClient api = new ApiClient(Objects.requireNonNull(system.state().api()));
            WarmFeeds warm = new WarmFeeds(accounts, raw, api, tokens);
            warm.prepare(progress);
            Poster poster = new Poster(api, tokens, accounts, graph);
            List<Integer> authors = poster.authors(posts == 0 ? files.size() : posts);
            QueueWatch queue = new QueueWatch(new TypeFigures(shards));
            long start = System.nanoTime();
            PartKiller killer = PartKiller.start(system, killEvery, progress);
            List<Post> made;
            try (killer) {
                made = post(files, authors, poster);
                try (Progress.Bar bar = progress.begin("jobs", 0)) {
                    queue.awaitEmpty(bar);
                }
            }
            // What was killed last may still be on its way up.
            queue.look();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            List<Post> settled = settle(made, new MediaStore(shards));
            FeedCheck feedCheck = new FeedCheck(accounts, raw, api, tokens);
            FeedSample sample = check.sample(graph.accounts());
            if (sample.seed() != null) {
                progress.say("checking the feeds of " + sample.users().size() + " of " + sample.of()
                        + " accounts, drawn by --check-seed " + sample.seed());
            }
            FeedCheck.Result result =
                    feedCheck.run(new Expectations(graph, byAuthor(settled)), warm.users(), sample, progress);
            // Processes report what they have done every few seconds: by now they have.
            queue.look();
            return report(graph, warm, settled, new Checked(sample, result), took, queue, killer);
        }
    }

    private record Checked(FeedSample sample, FeedCheck.Result result) {}

    /**
     * Whose feeds are compared.
     *
     * @param users so many, drawn at random; null for all
     * @param seed of the draw
     */
    public record Check(@Nullable Integer users, long seed) {

        FeedSample sample(int accounts) {
            return users == null ? FeedSample.all(accounts) : FeedSample.some(users, accounts, seed);
        }
    }

    /**
     * One photo of one author.
     *
     * @param author by number in the graph
     * @param media 0 when it was refused at once
     * @param refusal empty when it was taken
     */
    record Post(Path file, int author, long media, String refusal) {}

    private List<Post> post(List<Path> files, List<Integer> authors, Poster poster) {
        List<Callable<Post>> tasks = new ArrayList<>();
        try (Progress.Bar bar = progress.begin("posts", authors.size())) {
            for (int i = 0; i < authors.size(); i++) {
                Path file = files.get(i % files.size());
                int author = authors.get(i);
                UUID key = UUID.randomUUID();
                tasks.add(() -> {
                    Post post = poster.post(file, author, key);
                    bar.step();
                    return post;
                });
            }
            return Parallel.run("posts", POSTS_AT_ONCE, tasks);
        }
    }

    /** A photo may also be refused when it is rendered. */
    private static List<Post> settle(List<Post> posts, MediaStore store) {
        List<MediaId> ids = posts.stream()
                .filter(post -> post.media() > 0)
                .map(post -> new MediaId(post.media()))
                .toList();
        Map<MediaId, Media> found = store.findAll(ids);
        return posts.stream().map(post -> settle(post, found)).toList();
    }

    private static Post settle(Post post, Map<MediaId, Media> found) {
        if (post.media() == 0) {
            return post;
        }
        Media media = found.get(new MediaId(post.media()));
        if (media == null) {
            throw new OpsException("The media " + post.media() + " was posted and is gone.");
        }
        if (media.state() == MediaState.PROCESSING) {
            throw new OpsException("The media " + post.media()
                    + " was not rendered though no job is left: see the log of media.render and failed jobs in"
                    + " 'darkroom status'.");
        }
        return media.state() == MediaState.READY
                ? post
                : new Post(post.file(), post.author(), 0, String.valueOf(media.refusal()));
    }

    private static Map<Integer, List<Long>> byAuthor(List<Post> posts) {
        Map<Integer, List<Long>> byAuthor = new HashMap<>();
        posts.stream()
                .filter(post -> post.media() > 0)
                .forEach(post -> byAuthor.computeIfAbsent(post.author(), unused -> new ArrayList<>())
                        .add(post.media()));
        return byAuthor;
    }

    private static DemoReport report(
            Graph graph,
            WarmFeeds warm,
            List<Post> posts,
            Checked checked,
            Duration took,
            QueueWatch queue,
            PartKiller killer) {
        FeedCheck.Result result = checked.result();
        List<Post> refused = posts.stream().filter(post -> post.media() == 0).toList();
        return new DemoReport(
                graph.accounts(),
                graph.edges(),
                warm.users().size(),
                posts.size() - refused.size(),
                refused.size(),
                refusals(refused),
                result.tally().expected(),
                result.tally().made(),
                result.tally().missing(),
                result.tally().wrong(),
                result.rebuilt(),
                checked.sample().of(),
                result.inRedis() + result.byApi(),
                checked.sample().seed(),
                result.inRedis(),
                result.byApi(),
                took.toMillis() / 1000.0,
                queue.done(),
                killer.kills());
    }

    /** One line for each file and reason, however often the file was posted. */
    private static List<DemoReport.Refusal> refusals(List<Post> refused) {
        Map<DemoReport.Refusal, Integer> times = new LinkedHashMap<>();
        refused.forEach(post -> times.merge(
                new DemoReport.Refusal(post.file().getFileName().toString(), post.refusal(), 1), 1, Integer::sum));
        return times.entrySet().stream()
                .map(entry -> new DemoReport.Refusal(
                        entry.getKey().file(), entry.getKey().reason(), entry.getValue()))
                .toList();
    }
}
