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
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two accounts on two databases follow, unfollow, block, unblock, ask, approve and refuse at random; follows are decided and
 * written at different times, mirror jobs read and copied at different times, in any order, some twice. When no job is left
 * both sides are what the model says, and the counts are those of the edges.
 */
class EdgeModelIT {

    private static final int STEPS = 90;

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    private Shards shards;
    private FollowStore follows;
    private EdgeMirror mirror;
    private MirrorJobs jobs;
    private UserStore users;
    private List<UserId> pair;
    private final EdgeModel model = new EdgeModel();
    private final List<Decision> decided = new ArrayList<>();
    private final List<ReadEdge> read = new ArrayList<>();

    private record Decision(int who, Counterpart target) {}

    private record ReadEdge(UserId follower, UserId followee, EdgeMirror.Edge edge) {}

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    @BeforeEach
    void makeUsers() {
        shards = SHARDS.shards();
        follows = new FollowStore(shards);
        mirror = new EdgeMirror(shards, new EdgeWrites(shards));
        users = new UserStore(shards);
        jobs = new MirrorJobs(shards);
        jobs.forgetAll();
        pair = TestUsers.make(shards, 4).subList(1, 3);
        assertThat(shards.databaseOf(pair.get(0).shard()))
                .isNotEqualTo(shards.databaseOf(pair.get(1).shard()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatever_is_wished_in_whatever_order_both_sides_end_alike(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            int who = random.nextInt(2);
            if (random.nextBoolean()) {
                wish(random.nextInt(16), who, random);
            } else {
                doPartOfAJob(random);
            }
        }
        finishJobs(random);

        assertLikeTheModel(0);
        assertLikeTheModel(1);
    }

    private void wish(int wish, int who, Random random) {
        UserId self = pair.get(who);
        UserId other = pair.get(1 - who);
        switch (wish) {
            case 0, 1, 2 ->
                follows.counterpart(self, other).ifPresent(target -> decided.add(new Decision(who, target)));
            case 3, 4, 5, 6 -> writeADecision(random);
            case 7 -> {
                follows.unfollow(self, other);
                model.unfollow(who);
            }
            case 8 -> {
                follows.block(self, other);
                model.block(who);
            }
            case 9, 10 -> {
                follows.unblock(self, other);
                model.unblock(who);
            }
            case 11, 12 -> {
                boolean approved = random.nextInt(3) > 0;
                FollowAnswer answer = approved ? follows.approve(self, other) : follows.ignore(self, other);
                assertThat(answer).isIn(FollowAnswer.CHANGED, FollowAnswer.UNCHANGED);
                model.answer(who, approved);
            }
            case 13, 14 -> finishJobs(random);
            default -> users.setPrivate(self, random.nextBoolean());
        }
    }

    private void writeADecision(Random random) {
        if (decided.isEmpty()) {
            return;
        }
        Decision decision = decided.remove(random.nextInt(decided.size()));
        Counterpart target = decision.target();
        follows.follow(pair.get(decision.who()), target);
        if (!target.blocksViewer()) {
            FollowState wished = target.user().isPrivate() ? FollowState.REQUESTED : FollowState.FOLLOWS;
            model.follow(decision.who(), wished, target.blocks());
        }
    }

    private void finishJobs(Random random) {
        while (!read.isEmpty() || !jobs.waiting().isEmpty()) {
            doPartOfAJob(random);
        }
    }

    /** A job reads the one side, and some time later writes to the other. */
    private void doPartOfAJob(Random random) {
        List<MirrorJobs.Waiting> waiting = jobs.waiting();
        if (!waiting.isEmpty() && random.nextBoolean()) {
            MirrorJobs.Waiting job = waiting.get(random.nextInt(waiting.size()));
            mirror.source(job.follower(), job.followee())
                    .ifPresent(edge -> read.add(new ReadEdge(job.follower(), job.followee(), edge)));
            if (random.nextInt(4) > 0) {
                jobs.forget(job);
            }
        } else if (!read.isEmpty()) {
            ReadEdge edge = read.get(random.nextInt(read.size()));
            mirror.apply(edge.follower(), edge.followee(), edge.edge());
            if (random.nextInt(4) > 0) {
                read.remove(edge);
            }
        }
    }

    private void assertLikeTheModel(int who) {
        UserId self = pair.get(who);
        UserId other = pair.get(1 - who);
        assertThat(follows.relationship(self, other).outgoing()).isEqualTo(model.of(who));
        assertThat(row(self, "follow", self, other)).isEqualTo(row(other, "follower", self, other));
        assertThat(follows.counterpart(other, self).orElseThrow().blocks()).isEqualTo(model.blocksBy(who));
        long following = model.of(who) == FollowState.FOLLOWS ? 1 : 0;
        assertThat(users.counts(self).follows()).isEqualTo(following);
        assertThat(users.counts(other).followedBy()).isEqualTo(following);
    }

    private String row(UserId side, String table, UserId follower, UserId followee) {
        return shards.read(
                side.shard(),
                handle -> handle.select(
                                "SELECT state || ' version ' || version FROM <shard>." + table
                                        + " WHERE follower = ? AND followee = ?",
                                follower.value(),
                                followee.value())
                        .mapTo(String.class)
                        .findOne()
                        .orElse("no edge"));
    }
}
