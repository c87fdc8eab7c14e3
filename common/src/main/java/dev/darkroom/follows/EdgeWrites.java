package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import org.jdbi.v3.core.Handle;

/** Writes edges on the follower's side, each change with the next version and the job that mirrors it. Thread-safe. */
final class EdgeWrites {

    // A request becomes following, but following does not fall back to a request when the account turns private.
    private static final String FOLLOW = """
            WITH edge AS (
              INSERT INTO <shard>.follow AS f (follower, followee, state, version) VALUES (:follower, :followee, :state, 1)
              ON CONFLICT (follower, followee) DO UPDATE
                SET state = excluded.state, was = f.state, version = f.version + 1, changed_at = clock_timestamp()
                WHERE f.state < excluded.state
              RETURNING state, was)
            """ + Counters.ADD_TO_FOLLOWS;

    // The row stays as a tombstone, so that the version goes on.
    private static final String UNFOLLOW = """
            WITH edge AS (
              UPDATE <shard>.follow SET state = 0, was = state, version = version + 1, changed_at = clock_timestamp()
              WHERE follower = :follower AND followee = :followee AND state <> 0
              RETURNING state, was)
            """ + Counters.ADD_TO_FOLLOWS;

    private final Shards shards;

    EdgeWrites(Shards shards) {
        this.shards = shards;
    }

    boolean follow(UserId follower, UserId followee, FollowState wished) {
        return shards.write(follower.shard(), (handle, transaction) -> {
            boolean changed = handle.createQuery(FOLLOW)
                    .bind("follower", follower.value())
                    .bind("followee", followee.value())
                    .bind("state", wished.code())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (changed) {
                transaction.enqueue(new MirrorFollow(follower.value(), followee.value()));
            }
            return changed;
        });
    }

    boolean unfollow(UserId follower, UserId followee) {
        return shards.write(follower.shard(), (handle, transaction) -> {
            boolean changed = ended(handle, follower, followee);
            if (changed) {
                transaction.enqueue(new MirrorFollow(follower.value(), followee.value()));
            }
            return changed;
        });
    }

    private static boolean ended(Handle handle, UserId follower, UserId followee) {
        return handle.createQuery(UNFOLLOW)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
