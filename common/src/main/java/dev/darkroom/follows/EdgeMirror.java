package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Copies edges from the follower's shard to the followee's, newer over older only, and ends what a block has made void: it
 * visits both shards, and whichever of a follow and a block was committed last, the job that came with it sees both. Thread-safe.
 */
final class EdgeMirror {

    private static final String SOURCE = """
            SELECT state, version, changed_at, blocks, blocks_seen
            FROM <shard>.follow WHERE follower = :follower AND followee = :followee""";

    private static final String APPLY = """
            WITH block AS (
              SELECT blocks FROM <shard>.follow
              WHERE follower = :followee AND followee = :follower AND blocks > :blocksSeen AND :state IN (1, 2)),
            edge AS (
              INSERT INTO <shard>.follower AS f (followee, follower, state, version, changed_at)
              SELECT :followee, :follower, :state, :version, :changedAt WHERE NOT EXISTS (SELECT 1 FROM block)
              ON CONFLICT (followee, follower) DO UPDATE
                SET state = excluded.state, was = f.state, version = excluded.version, changed_at = excluded.changed_at
                WHERE f.version < excluded.version
              RETURNING state, was)
            """ + Counters.ADD_TO_FOLLOWED_BY;

    private static final String COPY = """
            SELECT state FROM <shard>.follower WHERE followee = :followee AND follower = :follower""";

    private final Shards shards;
    private final EdgeWrites writes;

    EdgeMirror(Shards shards, EdgeWrites writes) {
        this.shards = shards;
        this.writes = writes;
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
                                FollowState.ofCode(row.getInt("state")),
                                row.getLong("version"),
                                row.getObject("changed_at", OffsetDateTime.class),
                                row.getInt("blocks"),
                                row.getInt("blocks_seen")))
                        .findOne());
    }

    /** Copies what was read of the source, which may have changed since. */
    FollowState apply(UserId follower, UserId followee, Edge edge) {
        Applied applied = copy(follower, followee, edge);
        if (applied.blocks() > 0) {
            // The followee has blocked the follower after it was decided that this may be followed.
            writes.sever(follower, followee, applied.blocks());
        }
        if (edge.blocks() > 0) {
            // The follower has blocked the followee: what the followee is to the follower is in the
            // shard just written to.
            writes.sever(followee, follower, edge.blocks());
        }
        return applied.state();
    }

    private Applied copy(UserId follower, UserId followee, Edge edge) {
        return shards.read(
                followee.shard(),
                handle -> handle.createQuery(APPLY)
                        .bind("follower", follower.value())
                        .bind("followee", followee.value())
                        .bind("state", edge.state().code())
                        .bind("version", edge.version())
                        .bind("changedAt", edge.changedAt())
                        .bind("blocksSeen", edge.blocksSeen())
                        .map((row, context) ->
                                new Applied(FollowState.ofCode(row.getInt("state")), row.getInt("blocks")))
                        .findOne()
                        // If nothing was applied the copy is as new, or newer than what was read.
                        .orElseGet(() -> new Applied(copied(handle, follower, followee), 0)));
    }

    private static FollowState copied(Handle handle, UserId follower, UserId followee) {
        return handle.createQuery(COPY)
                .bind("follower", follower.value())
                .bind("followee", followee.value())
                .map((row, context) -> FollowState.ofCode(row.getInt(1)))
                .one();
    }

    /**
     * @param blocks how often the follower has blocked the followee
     * @param blocksSeen how often the followee had blocked the follower when the edge was decided
     */
    record Edge(FollowState state, long version, OffsetDateTime changedAt, int blocks, int blocksSeen) {}

    /**
     * @param state what the edge is now
     * @param blocks how often the followee has blocked the follower, if that makes the edge void; else 0
     */
    private record Applied(FollowState state, int blocks) {}
}
