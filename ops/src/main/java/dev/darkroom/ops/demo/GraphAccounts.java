package dev.darkroom.ops.demo;

import dev.darkroom.follows.FollowBulk;
import dev.darkroom.follows.FollowEdge;
import dev.darkroom.ops.terminal.Progress;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.NewUser;
import dev.darkroom.users.UserBulk;
import dev.darkroom.users.UserId;
import dev.darkroom.users.Username;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The accounts of a graph in the system: made in bulk the first time, found again by their names later. An account's name
 * is {@code g_<graph>_<round>_<number>}; a round that was not loaded to its end is left alone and the next is begun.
 */
final class GraphAccounts {

    private static final String FIND = """
            SELECT username, user_id FROM directory.account_name
            WHERE username >= :from AND username < :to AND state = 'confirmed'""";

    private static final String EDGES = """
            SELECT coalesce(sum(c.follows), 0)
            FROM <shard>.account a JOIN <shard>.account_count c ON c.user_id = a.id
            WHERE a.username COLLATE "C" >= :from AND a.username COLLATE "C" < :to""";

    private final Shards shards;
    private final Graph graph;

    /**
     * What the graph has become.
     *
     * @param ids by number; index 0 is nobody
     * @param isNew whether the accounts were made just now, so that nobody has posted yet
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Loaded(UserId[] ids, boolean isNew) {}

    GraphAccounts(Shards shards, Graph graph) {
        this.shards = shards;
        this.graph = graph;
    }

    Loaded ensure(Progress progress) {
        for (int round = 1; ; round++) {
            String prefix = "g_" + graph.name() + "_" + round + "_";
            UserId[] ids = new UserId[graph.accounts() + 1];
            int found = find(prefix, ids);
            if (found == graph.accounts() && edges(prefix) == graph.edges()) {
                return new Loaded(ids, false);
            }
            if (found == 0) {
                return new Loaded(load(prefix, progress), true);
            }
        }
    }

    private int find(String prefix, UserId[] ids) {
        return shards.directory()
                .with(handle -> handle.createQuery(FIND)
                        .bind("from", prefix)
                        .bind("to", end(prefix))
                        .map((row, context) -> {
                            int number = Integer.parseInt(row.getString(1).substring(prefix.length()));
                            if (number < ids.length) {
                                ids[number] = new UserId(row.getLong(2));
                            }
                            return 1;
                        })
                        .list()
                        .size());
    }

    private long edges(String prefix) {
        long edges = 0;
        for (ShardId shard : shards.all()) {
            edges += shards.read(
                    shard,
                    handle -> handle.createQuery(EDGES)
                            .bind("from", prefix)
                            .bind("to", end(prefix))
                            .mapTo(Long.class)
                            .one());
        }
        return edges;
    }

    private UserId[] load(String prefix, Progress progress) {
        List<UserId> made;
        try (Progress.Bar bar = progress.begin("accounts", graph.accounts())) {
            made = new UserBulk(shards).load(counted(bar, graph.accounts(), i -> user(prefix + (i + 1))));
        }
        UserId[] ids = new UserId[graph.accounts() + 1];
        for (int i = 0; i < made.size(); i++) {
            ids[i + 1] = made.get(i);
        }
        try (Progress.Bar bar = progress.begin("follows", graph.edges())) {
            long loaded = new FollowBulk(shards)
                    .load(counted(
                            bar,
                            graph.edges(),
                            i -> new FollowEdge(ids[graph.followers()[i]], ids[graph.followees()[i]])));
            if (loaded != graph.edges()) {
                throw new IllegalStateException("Loaded " + loaded + " of " + graph.edges() + " edges");
            }
        }
        return ids;
    }

    private static NewUser user(String name) {
        return new NewUser(new Username(name), null);
    }

    private static <T> Iterator<T> counted(Progress.Bar bar, int count, IntFunction<T> make) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    bar.step();
                    return make.apply(i);
                })
                .iterator();
    }

    /** The first text that no name with this prefix reaches, by code points. */
    private static String end(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
    }
}
