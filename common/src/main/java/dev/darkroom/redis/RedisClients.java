package dev.darkroom.redis;

import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Opens Redisson clients that connect when first used; shut each down at the end. */
public final class RedisClients {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private RedisClients() {}

    /**
     * One thread, one event loop and no subscriptions, instead of Redisson's dozens.
     *
     * @param address {@code host:port}
     * @param connections most at a time: as many as there are threads that use the client
     */
    public static RedissonClient open(String address, int connections) {
        return open(address, connections, ANSWER, 1);
    }

    /**
     * As {@link #open(String, int)}, for who cannot wait so long, or can wait longer.
     *
     * @param answer after so long without one a call fails
     * @param repeats how often a call is tried again then
     */
    public static RedissonClient open(String address, int connections, Duration answer, int repeats) {
        Duration connect = answer.compareTo(CONNECT) < 0 ? answer : CONNECT;
        Config config = new Config();
        config.setThreads(1)
                .setNettyThreads(1)
                .setLazyInitialization(true)
                .setCodec(StringCodec.INSTANCE)
                .useSingleServer()
                .setAddress("redis://" + address)
                .setConnectTimeout((int) connect.toMillis())
                .setTimeout((int) answer.toMillis())
                .setRetryAttempts(repeats)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(connections)
                .setSubscriptionConnectionMinimumIdleSize(0)
                .setSubscriptionConnectionPoolSize(1)
                // A name is resolved when connecting; watching it would wake up every process every few seconds.
                .setDnsMonitoringInterval(-1);
        return Redisson.create(config);
    }
}
