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
        Optional<Edge> source = shards.read(follower.shard(), handle -> source(handle, follower, followee));
        return source.map(edge -> shards.read(followee.shard(), handle -> apply(handle, follower, followee, edge)))
                .orElse(FollowState.NONE);
    }

    private static Optional<Edge> source(Handle handle, UserId follower, UserId followee) {
        return handle.createQuery(SOURCE)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .map((row, context) -> new Edge(
                        row.getInt("state"), row.getLong("version"), row.getObject("changed_at", OffsetDateTime.class)))
                .findOne();
    }

    private static FollowState apply(Handle handle, UserId follower, UserId followee, Edge edge) {
        Optional<Integer> applied = handle.createQuery(APPLY)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .bind("state", edge.state())
                .bind("version", edge.version())
                .bind("changedAt", edge.changedAt())
                .mapTo(Integer.class)
                .findOne();
        // The copy may have become newer than what was read from the source.
        int now = applied.orElseGet(() -> copy(handle, follower, followee));
        return FollowState.ofCode(now);
    }

    private static int copy(Handle handle, UserId follower, UserId followee) {
        return handle.createQuery(COPY)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .mapTo(Integer.class)
                .one();
    }

    private record Edge(int state, long version, OffsetDateTime changedAt) {}
}
