package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Copies edges from the follower's shard to the followee's, newer over older only. Thread-safe. */
final class EdgeMirror {

    private static final String SOURCE = """
            SELECT state, version, changed_at FROM <shard>.follow WHERE follower = :follower AND followee = :followee""";

    private static final String APPLY = """
            WITH edge AS (
              INSERT INTO <shard>.follower AS f (followee, follower, state, version, changed_at)
              VALUES (:followee, :follower, :state, :version, :changedAt)
              ON CONFLICT (followee, follower) DO UPDATE
                SET state = excluded.state, was = f.state, version = excluded.version, changed_at = excluded.changed_at
                WHERE f.version < excluded.version
              RETURNING state, was)
            """ + Counters.ADD_TO_FOLLOWED_BY;

    private static final String COPY = """
            SELECT state FROM <shard>.follower WHERE followee = :followee AND follower = :follower""";

    private final Shards shards;

    EdgeMirror(Shards shards) {
        this.shards = shards;
    }

    FollowState apply(UserId follower, UserId followee) {
        return source(follower, followee)
                .map(edge -> apply(follower, followee, edge))
                .orElse(FollowState.NONE);
    }

    /** The edge as the follower's side has it now. */
    Optional<Edge> source(UserId follower, UserId followee) {
        return shards.read(
                follower.shard(),
                handle -> handle.createQuery(SOURCE)
                        .bind("follower", follower.value())
                        .bind("followee", followee.value())
                        .map((row, context) -> new Edge(
                                row.getInt("state"),
                                row.getLong("version"),
                                row.getObject("changed_at", OffsetDateTime.class)))
                        .findOne());
    }

    /** Copies what was read of the source, which may have changed since. */
    FollowState apply(UserId follower, UserId followee, Edge edge) {
        return shards.read(followee.shard(), handle -> {
            Optional<Integer> applied = handle.createQuery(APPLY)
                    .bind("follower", follower.value())
                    .bind("followee", followee.value())
                    .bind("state", edge.state())
                    .bind("version", edge.version())
                    .bind("changedAt", edge.changedAt())
                    .mapTo(Integer.class)
                    .findOne();
            // If nothing was applied the copy is as new, or newer than what was read.
            return FollowState.ofCode(applied.orElseGet(() -> copy(handle, follower, followee)));
        });
    }

    private static int copy(Handle handle, UserId follower, UserId followee) {
        return handle.createQuery(COPY)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .mapTo(Integer.class)
                .one();
    }

    record Edge(int state, long version, OffsetDateTime changedAt) {}
}
