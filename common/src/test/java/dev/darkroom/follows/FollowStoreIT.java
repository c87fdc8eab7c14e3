package dev.darkroom.follows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserCounts;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowStoreIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    private Shards shards;
    private FollowStore follows;
    private List<UserId> users;
    private UserId ana;
    private UserId ben;

    @BeforeEach
    void makeUsers() {
        shards = SHARDS.shards();
        follows = new FollowStore(shards);
        users = TestUsers.make(shards, 12);
        ana = users.get(0);
        ben = users.get(3);
        assertThat(shards.databaseOf(ana.shard())).isNotEqualTo(shards.databaseOf(ben.shard()));
    }

    @Test
    void following_is_seen_at_once_by_the_follower_and_once_mirrored_by_the_followee() {
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.CHANGED);

        assertThat(follows.relationship(ana, ben)).isEqualTo(new Relationship(FollowState.FOLLOWS, FollowState.NONE));
        assertThat(follows.followersAfter(ben, 0, 10)).isEmpty();
        assertThat(mirrorJobs(ana, ben)).isEqualTo(1);

        assertThat(follows.applyMirror(ana, ben)).isEqualTo(FollowState.FOLLOWS);
        assertThat(follows.relationship(ben, ana)).isEqualTo(new Relationship(FollowState.NONE, FollowState.FOLLOWS));
        assertThat(follows.followersAfter(ben, 0, 10)).containsExactly(ana);
        assertThat(counts(ana)).isEqualTo(new UserCounts(0, 1, 0));
        assertThat(counts(ben)).isEqualTo(new UserCounts(0, 0, 1));
        assertThat(follows.followerCount(ben)).isEqualTo(1);
    }

    @Test
    void following_twice_changes_nothing_and_enqueues_nothing() {
        follows.follow(ana, ben);

        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(mirrorJobs(ana, ben)).isEqualTo(1);
        assertThat(counts(ana).follows()).isEqualTo(1);
    }

    @Test
    void unfollowing_ends_it_on_both_sides_and_may_be_repeated() {
        follows.follow(ana, ben);
        follows.applyMirror(ana, ben);

        assertThat(follows.unfollow(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.unfollow(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.applyMirror(ana, ben)).isEqualTo(FollowState.NONE);
        assertThat(follows.applyMirror(ana, ben)).isEqualTo(FollowState.NONE);

        assertThat(mirrorJobs(ana, ben)).isEqualTo(2);
        assertThat(follows.followersAfter(ben, 0, 10)).isEmpty();
        assertThat(follows.followeesOf(ana)).isEmpty();
        assertThat(counts(ana)).isEqualTo(new UserCounts(0, 0, 0));
        assertThat(counts(ben)).isEqualTo(new UserCounts(0, 0, 0));
    }

    @Test
    void unfollowing_whom_one_never_followed_leaves_nothing() {
        assertThat(follows.unfollow(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.unfollow(ana, new UserId(8000 << 10))).isEqualTo(FollowAnswer.UNCHANGED);

        assertThat(mirrorJobs(ana, ben)).isZero();
        assertThat(follows.applyMirror(ana, ben)).isEqualTo(FollowState.NONE);
    }

    @Test
    void nobody_follows_themselves_or_somebody_who_does_not_exist() {
        assertThat(follows.follow(ana, ana)).isEqualTo(FollowAnswer.ONESELF);
        assertThat(follows.unfollow(ana, ana)).isEqualTo(FollowAnswer.ONESELF);
        assertThat(follows.follow(ana, new UserId(1 << 10))).isEqualTo(FollowAnswer.UNKNOWN_USER);
        assertThat(follows.follow(ana, new UserId(8000 << 10))).isEqualTo(FollowAnswer.UNKNOWN_USER);

        assertThat(follows.followeesOf(ana)).isEmpty();
        assertThat(counts(ana).follows()).isZero();
    }

    @Test
    void a_private_account_is_asked() {
        setPrivate(ben, true);

        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.UNCHANGED);
        assertThat(follows.applyMirror(ana, ben)).isEqualTo(FollowState.REQUESTED);
        assertThat(follows.relationship(ana, ben).outgoing()).isEqualTo(FollowState.REQUESTED);
        assertThat(follows.relationship(ben, ana).incoming()).isEqualTo(FollowState.REQUESTED);
        assertThat(follows.followersAfter(ben, 0, 10)).isEmpty();
        assertThat(counts(ana).follows() + counts(ben).followedBy()).isZero();

        setPrivate(ben, false);
        assertThat(follows.follow(ana, ben)).isEqualTo(FollowAnswer.CHANGED);
        assertThat(follows.applyMirror(ana, ben)).isEqualTo(FollowState.FOLLOWS);
        assertThat(counts(ben).followedBy()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 10, 11, 50})
    void pages_give_everybody_once_newest_accounts_first(int count) {
        List<UserId> others = users.subList(1, 12);
        others.forEach(other -> follow(ana, other));
        others.forEach(other -> follow(other, ana));
        List<UserId> newestFirst =
                others.stream().sorted(Comparator.reverseOrder()).toList();

        List<UserId> follow = new ArrayList<>();
        List<UserId> followedBy = new ArrayList<>();
        Page<UserId> page = follows.follows(ana, null, count);
        follow.addAll(page.items());
        while (page.nextCursor() != null) {
            assertThat(page.items()).hasSize(count);
            page = follows.follows(ana, page.nextCursor(), count);
            follow.addAll(page.items());
        }
        page = follows.followedBy(ana, null, count);
        followedBy.addAll(page.items());
        while (page.nextCursor() != null) {
            page = follows.followedBy(ana, page.nextCursor(), count);
            assertThat(page.items()).isNotEmpty();
            followedBy.addAll(page.items());
        }

        assertThat(follow).isEqualTo(newestFirst);
        assertThat(followedBy).isEqualTo(newestFirst);
    }

    @Test
    void a_cursor_of_another_form_is_refused() {
        assertThatThrownBy(() -> follows.follows(ana, "next", 10))
                .isInstanceOf(InvalidCursorException.class)
                .hasMessageContaining("next");
    }

    @Test
    void followers_come_in_chunks_by_id() {
        List<UserId> followers = users.subList(1, 12).stream().sorted().toList();
        followers.forEach(other -> follow(other, ana));
        follows.unfollow(followers.get(5), ana);
        follows.applyMirror(followers.get(5), ana);
        List<UserId> left = new ArrayList<>(followers);
        left.remove(5);

        assertThat(follows.followersAfter(ana, 0, 4)).isEqualTo(left.subList(0, 4));
        assertThat(follows.followersAfter(ana, left.get(3).value(), 4)).isEqualTo(left.subList(4, 8));
        assertThat(follows.followersAfter(ana, left.get(9).value(), 4)).isEmpty();
        assertThat(follows.followersBetween(
                        ana, left.get(1).value(), left.get(4).value()))
                .isEqualTo(left.subList(2, 5));
        assertThat(follows.chunkEnds(ana, 4)).containsExactly(left.get(3), left.get(7), left.get(9));
        assertThat(follows.chunkEnds(ana, 5)).containsExactly(left.get(4), left.get(9));
        assertThat(follows.chunkEnds(ben, 5)).isEmpty();
    }

    @Test
    void of_many_the_followed_ones_are_picked_out() {
        follow(ana, ben);
        follow(ana, users.get(5));
        follows.unfollow(ana, users.get(5));

        assertThat(follows.followedAmong(ana, users)).containsExactly(ben);
        assertThat(follows.followedAmong(ana, List.of())).isEmpty();
    }

    private void follow(UserId follower, UserId followee) {
        follows.follow(follower, followee);
        follows.applyMirror(follower, followee);
    }

    private UserCounts counts(UserId user) {
        return new UserStore(shards).counts(user);
    }

    private void setPrivate(UserId user, boolean isPrivate) {
        shards.read(
                user.shard(),
                handle -> handle.execute(
                        "UPDATE <shard>.account SET is_private = ? WHERE id = ?", isPrivate, user.value()));
    }

    private int mirrorJobs(UserId follower, UserId followee) {
        String arguments = "{\"follower\":" + follower + ",\"followee\":" + followee + "}";
        return shards.read(
                follower.shard(),
                handle -> handle.createQuery(
                                "SELECT count(*) FROM jobs.job"
                                        + " WHERE type = 'follow.mirror' AND lane = :lane AND convert_from(args, 'UTF8') = :arguments")
                        .bind("lane", follower.toString())
                        .bind("arguments", arguments)
                        .mapTo(Integer.class)
                        .one());
    }
}
