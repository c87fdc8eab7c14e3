package dev.darkroom.follows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserCounts;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Blocking, and what it does to follows; {@code jobs} are run only where a test says so. */
class BlockIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    private Shards shards;
    private FollowStore follows;
    private UserStore users;
    private MirrorJobs jobs;
    private UserId ana;
    private UserId ben;

    @BeforeEach
    void makeUsers() {
        shards = SHARDS.shards();
        follows = new FollowStore(shards);
        users = new UserStore(shards);
        jobs = new MirrorJobs(shards);
        jobs.forgetAll();
        List<UserId> made = TestUsers.make(shards, 4);
        ana = made.get(0);
        ben = made.get(3);
        assertThat(shards.databaseOf(ana.shard())).isNotEqualTo(shards.databaseOf(ben.shard()));
        follows.follow(ana, ben);
        follows.follow(ben, ana);
        runJobs();
    }

    @Test
    void the_blocker_follows_no_more_at_once_and_the_blocked_once_the_job_has_run() {
        assertThat(follows.block(ana, ben)).isEqualTo(FollowAnswer.CHANGED);

        assertThat(follows.followeesOf(ana)).isEmpty();
        assertThat(users.counts(ana).follows()).isZero();
        assertThat(follows.followedBy(ana, null, 10).items()).isEmpty();

        runJobs();
        assertThat(follows.relationship(ana, ben)).isEqualTo(new Relationship(FollowState.BLOCKS, FollowState.NONE));
        assertThat(follows.relationship(ben, ana)).isEqualTo(new Relationship(FollowState.NONE, FollowState.BLOCKS));
        assertThat(follows.followersAfter(ana, 0, 10)).isEmpty();
        assertThat(follows.followersAfter(ben, 0, 10)).isEmpty();
        assertThat(users.counts(ana)).isEqualTo(new UserCounts(0, 0, 0));
        assertThat(users.counts(ben)).isEqualTo(new UserCounts(0, 0, 0));
    }

    @Test
    void whoever_is_blocked_cannot_follow_or_ask() {
        follows.block(ana, ben);
        assertThat(follows.follow(ben, ana)).isEqualTo(FollowAnswer.BLOCKED);
        runJobs();
        assertThat(follows.follow(ben, ana)).isEqualTo(FollowAnswer.BLOCKED);
        users.setPrivate(ana, true);
        assertThat(follows.follow(ben, ana)).isEqualTo(FollowAnswer.BLOCKED);
        assertThat(follows.counterpart(ben, ana).orElseThrow().blocksViewer()).isTrue();
        assertThat(follows.counterpart(ana, ben).orElseThrow().blocksViewer()).isFalse();
    }

    @Test
    void whoever_blocks_unblocks_before_following() {
        follows.block(ana, ben);
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.BLOCKING);
        assertThat(follows.unfollow(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.BLOCKS);
        follows.unblock(ana, ben);
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
    }

    @Test
    void blocking_and_unblocking_may_be_repeated() {
        assertThat(follows.unblock(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.FOLLOWS);
        assertThat(follows.block(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.block(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.unblock(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.unblock(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.block(ana, ana)).isEqualTo(FollowAnswer.ONESELF);
        assertThat(follows.unblock(ana, ana)).isEqualTo(FollowAnswer.ONESELF);
        assertThat(follows.block(ana, new UserId(8000 << 10))).isEqualTo(FollowAnswer.UNKNOWN_USER);
    }

    @Test
    void an_unblock_that_was_overtaken_by_another_and_a_second_block_leaves_that_block() {
        EdgeWrites writes = new EdgeWrites(shards);
        follows.block(ana, ben);
        follows.unblock(ana, ben);
        follows.block(ana, ben);

        assertThat(writes.unblock(ana, ben, 1)).isFalse();
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.BLOCKS);
        assertThat(writes.unblock(ana, ben, 2)).isTrue();
    }

    @Test
    void an_unblock_finds_follows_ended_even_if_no_job_has_run() {
        users.setPrivate(ana, true);
        follows.block(ana, ben);
        follows.unblock(ana, ben);

        assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.NONE);
        assertThat(follows.followersAfter(ana, 0, 10)).isEmpty();
    }

    @Test
    void the_late_job_of_a_block_does_not_end_a_follow_of_after_the_unblock() {
        follows.block(ana, ben);
        follows.unblock(ana, ben);
        assertThat(follows.follow(ben, ana)).isEqualTo(FollowAnswer.CHANGED);

        runJobs();

        assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.FOLLOWS);
        assertThat(follows.followersAfter(ana, 0, 10)).containsExactly(ben);
        assertThat(users.counts(ana).followedBy()).isEqualTo(1);
    }

    @Test
    void a_follow_decided_before_a_block_and_written_after_its_job_is_ended_by_its_own() {
        follows.unfollow(ben, ana);
        runJobs();
        Counterpart decided = follows.counterpart(ben, ana).orElseThrow();
        follows.block(ana, ben);
        runJobs();

        assertThat(follows.follow(ben, decided)).isEqualTo(FollowAnswer.CHANGED);
        runJobs();

        assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.NONE);
        assertThat(follows.followersAfter(ana, 0, 10)).isEmpty();
        assertThat(users.counts(ben).follows()).isZero();
    }

    @Test
    void a_follow_decided_before_a_block_does_not_replace_a_request_of_after_it() {
        follows.unfollow(ben, ana);
        Counterpart decided = follows.counterpart(ben, ana).orElseThrow();
        follows.block(ana, ben);
        follows.unblock(ana, ben);
        users.setPrivate(ana, true);
        follows.follow(ben, ana);

        assertThat(follows.follow(ben, decided)).isEqualTo(FollowAnswer.UNCHANGED);

        assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.REQUESTED);
        runJobs();
        assertThat(follows.requestedBy(ana, null, 10).items()).containsExactly(ben);
    }

    @Test
    void a_run_that_died_after_copying_a_block_is_finished_by_the_next() {
        follows.block(ana, ben);
        copyAlone();
        assertThat(follows.relationship(ben, ana)).isEqualTo(new Relationship(FollowState.FOLLOWS, FollowState.BLOCKS));

        runJobs();

        assertThat(follows.relationship(ben, ana)).isEqualTo(new Relationship(FollowState.NONE, FollowState.BLOCKS));
        assertThat(follows.followersAfter(ana, 0, 10)).isEmpty();
    }

    /** What a run of the mirror job of Ana's block has done when it dies half-way. */
    private void copyAlone() {
        shards.read(
                ben.shard(),
                handle -> handle.execute(
                        "UPDATE <shard>.follower SET state = 3, was = state, version = version + 1"
                                + " WHERE followee = ? AND follower = ?",
                        ben.value(),
                        ana.value()));
    }

    @Test
    void a_void_request_is_not_listed_and_approving_it_gives_nothing() {
        follows.unfollow(ben, ana);
        users.setPrivate(ana, true);
        Counterpart decided = follows.counterpart(ben, ana).orElseThrow();
        follows.block(ana, ben);
        follows.follow(ben, decided);
        follows.approve(ana, ben);

        assertThat(follows.requestedBy(ana, null, 10).items()).isEmpty();
        assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.NONE);
        runJobs();
        assertThat(users.counts(ana).followedBy() + users.counts(ben).follows()).isZero();
    }

    @Test
    void whom_somebody_blocks_finds_them_in_no_list() {
        follows.block(ana, ben);

        assertThat(users.findAllFor(ben, List.of(ana, ben))).containsOnlyKeys(ben);
        assertThat(users.findAllFor(ana, List.of(ana, ben))).containsOnlyKeys(ana, ben);
    }

    private void runJobs() {
        jobs.runAll(new Random(1));
    }
}
