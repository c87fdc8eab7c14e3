package dev.darkroom.feeds;

import com.google.common.hash.Hashing;
import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.redis.RedisClients;
import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redis servers among which the feeds are divided: a feed lies on one of them, found by its user's id alone. Connects when
 * first used. Thread-safe.
 */
public final class FeedNodes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedNodes.class);

    private final List<RedissonClient> clients;
    private final List<Scripts> nodes;

    private FeedNodes(List<RedissonClient> clients, int layout) {
        this.clients = clients;
        this.nodes = clients.stream().map(client -> new Scripts(client, layout)).toList();
    }

    /**
     * Opens all nodes.
     *
     * @param connections most at a time to each node
     */
    public static FeedNodes open(RedisConfiguration configuration, int connections) {
        return new FeedNodes(
                configuration.feeds().stream()
                        .map(address -> RedisClients.open(address, connections))
                        .toList(),
                configuration.feedLayout());
    }

    /** The node of a user's feed. When a node is added at the end of the list, only the feeds that move to it change nodes. */
    Scripts of(UserId user) {
        return nodes.get(indexOf(user));
    }

    Scripts first() {
        return nodes.get(0);
    }

    /** The place of a user's node in the list. */
    int indexOf(UserId user) {
        return nodes.size() == 1 ? 0 : Hashing.consistentHash(user.value(), nodes.size());
    }

    /** The users of each node that has any, in their order. */
    Map<Scripts, List<UserId>> byNode(Collection<UserId> users) {
        if (nodes.size() == 1) {
            return Map.of(nodes.get(0), List.copyOf(users));
        }
        Map<Scripts, List<UserId>> groups = new LinkedHashMap<>();
        users.forEach(user ->
                groups.computeIfAbsent(of(user), node -> new ArrayList<>()).add(user));
        return groups;
    }

    /** Whether each of them answers a ping within a second. */
    boolean areAnswering() {
        return clients.stream().allMatch(FeedNodes::isAnswering);
    }

    private static boolean isAnswering(RedissonClient client) {
        try {
            return client.getRedisNodes(RedisNodes.SINGLE).pingAll(1, TimeUnit.SECONDS);
        } catch (RedisException e) {
            LOG.debug("A Redis server is away", e);
            return false;
        }
    }

    @Override
    public void close() {
        clients.forEach(RedissonClient::shutdown);
    }
}
