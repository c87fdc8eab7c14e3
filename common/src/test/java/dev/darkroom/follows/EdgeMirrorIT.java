package dev.darkroom.follows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the runs of mirror jobs are ordered, repeated and interleaved, the copy ends up like the source. */
class EdgeMirrorIT {

    private static final int STEPS = 60;
    private static final int THREADS = 6;

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    private Shards shards;
    private FollowStore follows;
    private EdgeMirror mirror;
    private UserId ana;
    private UserId ben;

    @BeforeEach
    void makeUsers() {
        shards = SHARDS.shards();
        follows = new FollowStore(shards);
        mirror = new EdgeMirror(shards, new EdgeWrites(shards));
        List<UserId> users = TestUsers.make(shards, 4);
        ana = users.get(1);
        ben = users.get(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void reads_and_copies_in_any_order_end_alike(long seed) {
        Random random = new Random(seed);
        int jobs = 0;
        List<EdgeMirror.Edge> read = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> jobs += follows.follow(ana, ben) == FollowAnswer.CHANGED ? 1 : 0;
                case 1 -> jobs += follows.unfollow(ana, ben) == FollowAnswer.CHANGED ? 1 : 0;
                case 2 -> {
                    if (jobs > 0) {
                        jobs -= random.nextInt(2);
                        mirror.source(ana, ben).ifPresent(read::add);
                    }
                }
                default -> applyOne(read, random);
            }
        }
        for (; jobs > 0; jobs--) {
            mirror.source(ana, ben).ifPresent(read::add);
        }
        while (!read.isEmpty()) {
            applyOne(read, random);
        }

        assertCopied();
    }

    /** Applies any of what was read, and leaves it to be applied again now and then. */
    private void applyOne(List<EdgeMirror.Edge> read, Random random) {
        if (!read.isEmpty()) {
            int place = random.nextInt(read.size());
            mirror.apply(ana, ben, read.get(place));
            if (random.nextInt(4) > 0) {
                read.remove(place);
            }
        }
    }

    @Test
    void an_old_copy_does_not_replace_a_newer_one_and_the_newer_is_told() {
        follows.follow(ana, ben);
        EdgeMirror.Edge following = mirror.source(ana, ben).orElseThrow();
        follows.unfollow(ana, ben);
        EdgeMirror.Edge ended = mirror.source(ana, ben).orElseThrow();

        assertThat(mirror.apply(ana, ben, ended)).isEqualTo(FollowState.NONE);
        assertThat(mirror.apply(ana, ben, following)).isEqualTo(FollowState.NONE);
        assertThat(follows.followersAfter(ben, 0, 1)).isEmpty();
        assertCopied();
    }

    @Test
    void concurrent_changes_and_mirrors_end_alike() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            runs.add(threads.submit(() -> {
                for (int step = 0; step < 25; step++) {
                    FollowAnswer answer = random.nextBoolean() ? follows.follow(ana, ben) : follows.unfollow(ana, ben);
                    if (answer == FollowAnswer.CHANGED) {
                        follows.applyMirror(ana, ben);
                    }
                }
                return null;
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        threads.shutdown();

        assertCopied();
    }

    private void assertCopied() {
        String source = row(
                ana, "SELECT state || ' version ' || version FROM <shard>.follow WHERE follower = ? AND followee = ?");
        String copy = row(
                ben,
                "SELECT state || ' version ' || version FROM <shard>.follower WHERE follower = ? AND followee = ?");
        assertThat(copy).isEqualTo(source);
        long following = follows.relationship(ana, ben).outgoing() == FollowState.FOLLOWS ? 1 : 0;
        UserStore users = new UserStore(shards);
        assertThat(users.counts(ana).follows()).isEqualTo(following);
        assertThat(users.counts(ben).followedBy()).isEqualTo(following);
    }

    private String row(UserId side, String statement) {
        return shards.read(
                side.shard(),
                handle -> handle.select(statement, ana.value(), ben.value())
                        .mapTo(String.class)
                        .findOne()
                        .orElse("no edge"));
    }
}
