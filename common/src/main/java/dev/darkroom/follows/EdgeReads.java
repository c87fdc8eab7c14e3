package dev.darkroom.follows;

import dev.darkroom.shards.Shards;
import dev.darkroom.users.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads edges from either side: each question is one round trip to one shard, answered from a primary key. Thread-safe. */
final class EdgeReads {

    private static final String RELATIONSHIP = """
            SELECT coalesce((SELECT state FROM <shard>.follow WHERE follower = :viewer AND followee = :target), 0),
                   coalesce((SELECT state FROM <shard>.follower WHERE followee = :viewer AND follower = :target), 0)""";

    private static final String FOLLOWED_AMONG = """
            SELECT followee FROM <shard>.follow
            WHERE follower = :user AND followee = ANY(:candidates) AND state = 2""";

    private static final String FOLLOWS = """
            SELECT followee FROM <shard>.follow
            WHERE follower = :user AND followee < :before AND state = 2 ORDER BY followee DESC LIMIT :count""";

    private static final String FOLLOWED_BY = incoming(FollowState.FOLLOWS);

    private static final String REQUESTED_BY = incoming(FollowState.REQUESTED);

    private static final String FOLLOWEES = """
            SELECT followee FROM <shard>.follow WHERE follower = :user AND state = 2 ORDER BY followee""";

    private static final String FOLLOWERS = """
            SELECT follower FROM <shard>.follower
            WHERE followee = :user AND follower > :after AND follower <= :last AND state = 2
            ORDER BY follower LIMIT :count""";

    // Counts along the index from one end to the next, which takes less than numbering all rows.
    private static final String CHUNK_ENDS = """
            WITH RECURSIVE chunk (last) AS (
              SELECT 0::bigint
              UNION ALL
              SELECT (SELECT follower FROM <shard>.follower
                      WHERE followee = :user AND state = 2 AND follower > chunk.last
                      ORDER BY follower OFFSET :size - 1 LIMIT 1)
              FROM chunk WHERE chunk.last IS NOT NULL)
            SELECT last FROM chunk WHERE last > 0
            UNION ALL
            SELECT f.last FROM (SELECT max(follower) AS last FROM <shard>.follower WHERE followee = :user AND state = 2) f
            WHERE f.last > (SELECT max(last) FROM chunk)
            ORDER BY 1""";

    private final Shards shards;

    EdgeReads(Shards shards) {
        this.shards = shards;
    }

    // Whom the user blocks is gone at once, though the copy may not know yet.
    private static String incoming(FollowState state) {
        return """
                SELECT follower FROM <shard>.follower f
                WHERE followee = :user AND follower < :before AND state = %d AND NOT EXISTS (
                  SELECT 1 FROM <shard>.follow b WHERE b.follower = :user AND b.followee = f.follower AND b.state = 3)
                ORDER BY follower DESC LIMIT :count""".formatted(state.code());
    }

    Relationship relationship(UserId viewer, UserId target) {
        return shards.read(
                viewer.shard(),
                handle -> handle.createQuery(RELATIONSHIP)
                        .bind("viewer", viewer.value())
                        .bind("target", target.value())
                        .map((row, context) ->
                                new Relationship(FollowState.ofCode(row.getInt(1)), FollowState.ofCode(row.getInt(2))))
                        .one());
    }

    Set<UserId> followedAmong(UserId viewer, Collection<UserId> candidates) {
        Long[] ids = candidates.stream().map(UserId::value).toArray(Long[]::new);
        return shards.read(
                viewer.shard(),
                handle -> handle.createQuery(FOLLOWED_AMONG)
                        .bind("user", viewer.value())
                        .bindArray("candidates", Long.class, (Object[]) ids)
                        .map((row, context) -> new UserId(row.getLong(1)))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    Page<UserId> follows(UserId user, @Nullable String cursor, int count) {
        return page(FOLLOWS, user, cursor, count);
    }

    Page<UserId> followedBy(UserId user, @Nullable String cursor, int count) {
        return page(FOLLOWED_BY, user, cursor, count);
    }

    Page<UserId> requestedBy(UserId user, @Nullable String cursor, int count) {
        return page(REQUESTED_BY, user, cursor, count);
    }

    private Page<UserId> page(String statement, UserId user, @Nullable String cursor, int count) {
        // One more than wanted shows whether a page follows.
        List<UserId> found = users(statement, user, Map.of("before", before(cursor), "count", count + 1));
        if (found.size() <= count) {
            return new Page<>(found, null);
        }
        List<UserId> items = found.subList(0, count);
        return new Page<>(items, items.get(count - 1).toString());
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidCursorException(cursor);
        }
    }

    List<UserId> followeesOf(UserId user) {
        return users(FOLLOWEES, user, Map.of());
    }

    List<UserId> followersAfter(UserId author, long after, int limit) {
        return users(FOLLOWERS, author, Map.of("after", after, "last", Long.MAX_VALUE, "count", limit));
    }

    List<UserId> followersBetween(UserId author, long after, long last) {
        return users(FOLLOWERS, author, Map.of("after", after, "last", last, "count", Integer.MAX_VALUE));
    }

    List<UserId> chunkEnds(UserId author, int size) {
        return users(CHUNK_ENDS, author, Map.of("size", size));
    }

    private List<UserId> users(String statement, UserId user, Map<String, ?> parameters) {
        if (!shards.has(user.shard())) {
            return List.of();
        }
        return shards.read(
                user.shard(),
                handle -> handle.createQuery(statement)
                        .bind("user", user.value())
                        .bindMap(parameters)
                        .map((row, context) -> new UserId(row.getLong(1)))
                        .list());
    }
}
