package dev.darkroom.follows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.shards.DatabaseException;
import dev.darkroom.shards.Shards;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserCounts;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FollowBulkIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(FollowJobs.all());

    @Test
    void edges_are_on_both_sides_with_counts_and_without_jobs() {
        Shards shards = SHARDS.shards();
        List<UserId> users = TestUsers.make(shards, 400);
        List<FollowEdge> edges = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            for (int step = 1; step <= 100; step++) {
                edges.add(new FollowEdge(users.get(i), users.get((i + step) % 400)));
            }
        }

        assertThat(new FollowBulk(shards).load(edges.iterator())).isEqualTo(40_000);

        FollowStore follows = new FollowStore(shards);
        UserStore store = new UserStore(shards);
        for (UserId user : List.of(users.get(0), users.get(201), users.get(399))) {
            assertThat(store.counts(user)).isEqualTo(new UserCounts(0, 100, 100));
            assertThat(follows.followeesOf(user)).hasSize(100);
            assertThat(follows.followersAfter(user, 0, 1000)).hasSize(100);
        }
        assertThat(follows.relationship(users.get(5), users.get(6)).outgoing()).isEqualTo(FollowState.FOLLOWS);
        assertThat(follows.relationship(users.get(6), users.get(5)).incoming()).isEqualTo(FollowState.FOLLOWS);
        int jobs = shards.read(
                users.get(0).shard(),
                handle -> handle.createQuery("SELECT count(*) FROM jobs.job")
                        .mapTo(Integer.class)
                        .one());
        assertThat(jobs).isZero();

        follows.unfollow(users.get(5), users.get(6));
        assertThat(follows.applyMirror(users.get(5), users.get(6))).isEqualTo(FollowState.NONE);
        assertThat(store.counts(users.get(6)).followedBy()).isEqualTo(99);
    }

    @Test
    void an_edge_given_twice_is_refused() {
        Shards shards = SHARDS.shards();
        List<UserId> users = TestUsers.make(shards, 2);
        FollowEdge edge = new FollowEdge(users.get(0), users.get(1));

        assertThatThrownBy(() -> new FollowBulk(shards).load(List.of(edge, edge).iterator()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("duplicate key");
    }
}
