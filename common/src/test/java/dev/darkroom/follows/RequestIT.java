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

/** Private accounts: asking, approving, refusing. */
class RequestIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    private FollowStore follows;
    private UserStore users;
    private MirrorJobs jobs;
    private UserId ana;
    private UserId ben;

    @BeforeEach
    void makeUsers() {
        Shards shards = SHARDS.shards();
        follows = new FollowStore(shards);
        users = new UserStore(shards);
        jobs = new MirrorJobs(shards);
        jobs.forgetAll();
        List<UserId> made = TestUsers.make(shards, 4);
        ana = made.get(0);
        ben = made.get(3);
        users.setPrivate(ben, true);
        follows.follow(ana, ben);
        runJobs();
    }

    @Test
    void approving_makes_a_follower_of_who_asked_and_the_own_side_knows_at_once() {
        assertThat(follows.requestedBy(ben, null, 10).items()).containsExactly(ana);
        assertThat(follows.approve(ben, ana)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.approve(ben, ana)).isEqualTo(FollowAnswer.UNCHANGED);

        assertThat(follows.relationship(ben, ana).incoming()).isEqualTo(FollowState.FOLLOWS);
        assertThat(follows.requestedBy(ben, null, 10).items()).isEmpty();
        assertThat(follows.followersAfter(ben, 0, 10)).containsExactly(ana);
        assertThat(follows.followeesOf(ana)).containsExactly(ben);
        assertThat(jobs.waiting()).extracting(MirrorJobs.Waiting::job).containsExactly(mirror());
        runJobs();
        assertCounts(1);
    }

    @Test
    void a_copy_that_an_approval_could_not_make_is_made_by_the_job_or_by_repeating() {
        EdgeWrites writes = new EdgeWrites(SHARDS.shards());
        assertThat(writes.approve(ana, ben)).isTrue();
        assertThat(follows.requestedBy(ben, null, 10).items()).containsExactly(ana);

        assertThat(follows.approve(ben, ana)).isEqualTo(FollowAnswer.UNCHANGED);

        assertThat(follows.requestedBy(ben, null, 10).items()).isEmpty();
        runJobs();
        assertCounts(1);
    }

    @Test
    void refusing_ends_a_request_but_no_following() {
        assertThat(follows.ignore(ben, ana)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.ignore(ben, ana)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.requestedBy(ben, null, 10).items()).isEmpty();
        assertThat(jobs.waiting()).extracting(MirrorJobs.Waiting::job).containsExactly(mirror());
        assertThat(follows.approve(ben, ana)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.approve(ben, ana)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.ignore(ben, ana)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.FOLLOWS);
        runJobs();
        assertCounts(1);
    }

    @Test
    void a_request_waits_on_when_the_account_becomes_public_until_approved_or_asked_again() {
        users.setPrivate(ben, false);
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.REQUESTED);
        assertThat(follows.requestedBy(ben, null, 10).items()).containsExactly(ana);
        assertThat(follows.approve(ben, ana)).isEqualTo(FollowAnswer.CHANGED);
        runJobs();
        assertCounts(1);
    }

    @Test
    void followers_stay_when_the_account_becomes_private() {
        follows.approve(ben, ana);
        users.setPrivate(ben, false);
        users.setPrivate(ben, true);
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.FOLLOWS);
    }

    @Test
    void nobody_answers_what_was_not_asked() {
        assertThat(follows.approve(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.ignore(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.approve(ana, ana)).isEqualTo(FollowAnswer.ONESELF);
        assertThat(follows.approve(ana, new UserId(8000 << 10))).isEqualTo(FollowAnswer.UNKNOWN_USER);
        assertThat(follows.relationship(ben, ana).outgoing()).isEqualTo(FollowState.NONE);
    }

    private MirrorFollow mirror() {
        return new MirrorFollow(ana.value(), ben.value());
    }

    private void assertCounts(long following) {
        assertThat(users.counts(ana)).isEqualTo(new UserCounts(0, following, 0));
        assertThat(users.counts(ben)).isEqualTo(new UserCounts(0, 0, following));
    }

    private void runJobs() {
        jobs.runAll(new Random(1));
    }
}
