package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes edges on the follower's side, each change with the next version and the job that mirrors it. Thread-safe. */
final class EdgeWrites {

    // A request becomes following, but following does not fall back to a request when the account turns private; unless
    // it is of before a block, which has made it void. What was decided before such a block comes too late.
    private static final String FOLLOW = """
            WITH edge AS (
              INSERT INTO <shard>.follow AS f (follower, followee, state, version, blocks_seen)
              VALUES (:follower, :followee, :state, 1, :blocks)
              ON CONFLICT (follower, followee) DO UPDATE
                SET state = excluded.state, was = f.state, version = f.version + 1, changed_at = clock_timestamp(),
                    blocks_seen = excluded.blocks_seen
                WHERE f.state <> 3 AND (f.blocks_seen < excluded.blocks_seen
                  OR (f.blocks_seen = excluded.blocks_seen AND f.state < excluded.state))
              RETURNING state, was)
            """;

    // The row stays as a tombstone, so that the version goes on.
    private static final String UNFOLLOW = change("state = 0", "state IN (1, 2)");

    private static final String APPROVE = change("state = 2", "state = 1");

    private static final String IGNORE = change("state = 0", "state = 1");

    private static final String SEVER =
            change("state = 0, blocks_seen = :blocks", "state IN (1, 2) AND blocks_seen < :blocks");

    private static final String BLOCK = """
            WITH edge AS (
              INSERT INTO <shard>.follow AS f (follower, followee, state, version, blocks)
              VALUES (:follower, :followee, 3, 1, 1)
              ON CONFLICT (follower, followee) DO UPDATE
                SET state = 3, was = f.state, version = f.version + 1, changed_at = clock_timestamp(),
                    blocks = f.blocks + 1
                WHERE f.state <> 3
              RETURNING state, was)
            """;

    private static final String UNBLOCK = change("state = 0", "state = 3 AND blocks = :blocks");

    private final Shards shards;

    EdgeWrites(Shards shards) {
        this.shards = shards;
    }

    private static String change(String assignment, String condition) {
        return """
                WITH edge AS (
                  UPDATE <shard>.follow SET %s, was = state, version = version + 1, changed_at = clock_timestamp()
                  WHERE follower = :follower AND followee = :followee AND %s
                  RETURNING state, was)
                """.formatted(assignment, condition);
    }

    /** @param decided the followee as it was when it was decided that it may be followed */
    boolean follow(UserId follower, Counterpart decided) {
        FollowState wished = decided.user().isPrivate() ? FollowState.REQUESTED : FollowState.FOLLOWS;
        return write(FOLLOW, follower, decided.user().id(), Map.of("state", wished.code(), "blocks", decided.blocks()));
    }

    boolean unfollow(UserId follower, UserId followee) {
        return write(UNFOLLOW, follower, followee, Map.of());
    }

    /** A request becomes following; there need not be one any more. */
    boolean approve(UserId follower, UserId followee) {
        return write(APPROVE, follower, followee, Map.of());
    }

    /** A request ends; following does not. */
    boolean ignore(UserId follower, UserId followee) {
        return write(IGNORE, follower, followee, Map.of());
    }

    boolean block(UserId blocker, UserId blocked) {
        return write(BLOCK, blocker, blocked, Map.of());
    }

    /**
     * Ends one block and no later one, before which there may have been follows again.
     *
     * @param blocks how often the blocker had blocked when that block was made, it included
     */
    boolean unblock(UserId blocker, UserId blocked, int blocks) {
        return write(UNBLOCK, blocker, blocked, Map.of("blocks", blocks));
    }

    /**
     * Ends following or a request that is of before a block, however late this comes: what was decided after it stays.
     *
     * @param blocks how often the followee has blocked the follower
     */
    boolean sever(UserId follower, UserId followee, int blocks) {
        return write(SEVER, follower, followee, Map.of("blocks", blocks));
    }

    private boolean write(String statement, UserId follower, UserId followee, Map<String, ?> parameters) {
        return shards.write(follower.shard(), (handle, transaction) -> {
            boolean changed = changed(handle, statement, follower, followee, parameters);
            if (changed) {
                transaction.enqueue(new MirrorFollow(follower.value(), followee.value()));
            }
            return changed;
        });
    }

    private static boolean changed(
            Handle handle, String statement, UserId follower, UserId followee, Map<String, ?> parameters) {
        return handle.createQuery(statement + Counters.ADD_TO_FOLLOWS)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .bindMap(parameters)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
