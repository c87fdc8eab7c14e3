package dev.darkroom.follows;

import dev.darkroom.shards.CopyRows;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes many edges at once, both sides directly and without jobs: for filling a system that is not in use yet. Not
 * thread-safe. Needs memory for some ten thousand edges, however many there are.
 */
public final class FollowBulk {

    private static final int ROWS_IN_MEMORY = 64_000;
    private static final int SMALLEST_COPY = 100;

    private static final String COUNT_AGAIN = """
            WITH follows AS (SELECT follower AS id, count(*) AS n FROM <shard>.follow WHERE state = 2 GROUP BY 1),
                 followed AS (SELECT followee AS id, count(*) AS n FROM <shard>.follower WHERE state = 2 GROUP BY 1)
            UPDATE <shard>.account_count c
            SET follows = coalesce(follows.n, 0), followed_by = coalesce(followed.n, 0)
            FROM <shard>.account_count a LEFT JOIN follows ON follows.id = a.user_id LEFT JOIN followed ON followed.id = a.user_id
            WHERE c.user_id = a.user_id""";

    private final Shards shards;
    private final Map<ShardId, CopyRows> sources;
    private final Map<ShardId, CopyRows> mirrors;
    private final int largestCopy;

    public FollowBulk(Shards shards) {
        this.shards = shards;
        this.sources = buffers(".follow (follower, followee, version, state)");
        this.mirrors = buffers(".follower (followee, follower, version, state)");
        this.largestCopy = Math.max(SMALLEST_COPY, ROWS_IN_MEMORY / Math.max(1, sources.size()));
    }

    private Map<ShardId, CopyRows> buffers(String table) {
        return shards.all().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        shard -> new CopyRows(shard.schema() + table),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /**
     * Writes the edges, which must all be new, and counts again whom everybody follows and is followed by. What was written
     * before a failure stays.
     *
     * @return how many edges
     * @throws dev.darkroom.shards.DatabaseException if an edge is there already
     */
    public long load(Iterator<FollowEdge> edges) {
        long loaded = 0;
        while (edges.hasNext()) {
            FollowEdge edge = edges.next();
            long follower = edge.follower().value();
            long followee = edge.followee().value();
            add(sources, edge.follower().shard(), follower, followee);
            add(mirrors, edge.followee().shard(), followee, follower);
            loaded++;
        }
        sources.forEach(this::write);
        mirrors.forEach(this::write);
        shards.all().forEach(shard -> shards.read(shard, handle -> handle.execute(COUNT_AGAIN)));
        return loaded;
    }

    private void add(Map<ShardId, CopyRows> buffers, ShardId shard, long from, long to) {
        CopyRows rows = buffers.get(shard);
        if (rows == null) {
            throw new IllegalArgumentException("No account " + from + " can exist: there is no " + shard);
        }
        rows.add(from, to, 1, FollowState.FOLLOWS.code());
        if (rows.size() >= largestCopy) {
            write(shard, rows);
        }
    }

    private void write(ShardId shard, CopyRows rows) {
        if (rows.size() > 0) {
            shards.read(shard, handle -> {
                rows.writeTo(handle);
                return shard;
            });
        }
    }
}
