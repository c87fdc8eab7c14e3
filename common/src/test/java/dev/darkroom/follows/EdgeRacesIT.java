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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several writers of one edge at the same moment: the edge's row decides, and the counts agree with it. */
class EdgeRacesIT {

    private static final int ROUNDS = 15;

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private Shards shards;
    private FollowStore follows;
    private UserStore users;
    private MirrorJobs jobs;
    private UserId ana;
    private UserId ben;

    @BeforeEach
    void open() {
        shards = SHARDS.shards();
        follows = new FollowStore(shards);
        users = new UserStore(shards);
        jobs = new MirrorJobs(shards);
        jobs.forgetAll();
    }

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @Test
    void of_approving_and_refusing_at_once_one_counts() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            request();
            List<FollowAnswer> answers = together(() -> follows.approve(ben, ana), () -> follows.ignore(ben, ana));

            assertThat(answers).containsExactlyInAnyOrder(FollowAnswer.CHANGED, FollowAnswer.UNCHANGED);
            boolean approved = answers.get(0) == FollowAnswer.CHANGED;
            assertEnd(approved ? FollowState.FOLLOWS : FollowState.NONE);
        }
    }

    @Test
    void a_request_that_is_taken_back_while_it_is_answered_ends() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            request();
            together(() -> follows.approve(ben, ana), () -> follows.ignore(ben, ana), () -> follows.unfollow(ana, ben));

            assertEnd(FollowState.NONE);
        }
    }

    @Test
    void nobody_follows_who_blocks_them_whichever_came_first() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            newPair();
            together(
                    () -> follows.follow(ana, ben), () -> follows.block(ben, ana), () -> follows.applyMirror(ben, ana));

            assertEnd(FollowState.NONE);
            assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.BLOCKS);
        }
    }

    @Test
    void nobody_follows_whom_they_block_whichever_came_first() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            newPair();
            together(() -> follows.follow(ana, ben), () -> follows.block(ana, ben));

            assertEnd(FollowState.BLOCKS);
        }
    }

    @Test
    void two_who_block_each_other_at_once_both_do() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            request();
            together(() -> follows.block(ana, ben), () -> follows.block(ben, ana));

            assertEnd(FollowState.BLOCKS);
            assertThat(follows.relationship(ben, ana))
                    .isEqualTo(new Relationship(FollowState.BLOCKS, FollowState.BLOCKS));
        }
    }

    private void newPair() {
        List<UserId> made = TestUsers.make(shards, 4);
        ana = made.get(0);
        ben = made.get(3);
    }

    private void request() {
        newPair();
        users.setPrivate(ben, true);
        follows.follow(ana, ben);
        follows.applyMirror(ana, ben);
    }

    private void assertEnd(FollowState state) {
        jobs.runAll(new Random(1));
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(state);
        assertThat(follows.relationship(ben, ana).incoming()).isEqualTo(state);
        long following = state == FollowState.FOLLOWS ? 1 : 0;
        assertThat(users.counts(ana).follows()).isEqualTo(following);
        assertThat(users.counts(ben).followedBy()).isEqualTo(following);
    }

    @SafeVarargs
    private <T> List<T> together(Callable<? extends T>... actions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actions.length);
        List<Future<T>> running = new ArrayList<>();
        for (Callable<? extends T> action : actions) {
            running.add(threads.submit(() -> {
                start.await();
                return action.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        return results;
    }
}
