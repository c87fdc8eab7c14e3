package dev.darkroom.ops.demo;

import dev.darkroom.redis.RedisClients;
import dev.darkroom.users.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RListAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The feeds as they lie in Redis, read past the code that writes them: a check that used the same code would share its
 * mistakes. A feed is a list {@code feed:<user id>} of media ids in decimal; its last entry is {@code 0} when it is complete.
 * Thread-safe.
 */
final class RawFeeds implements AutoCloseable {

    static final String COMPLETE = "0";

    private static final int BATCH = 1_000;
    private static final int CONNECTIONS = 2;

    /** As long as a reader's feed lives. */
    private static final Duration LIFE = Duration.ofDays(30);

    private final RedissonClient redis;

    RawFeeds(String address) {
        this.redis = RedisClients.open(address, CONNECTIONS);
    }

    /** Gives each user an empty feed, as one who looked at it and follows nobody who has posted. */
    void makeEmpty(List<UserId> users, Runnable each) {
        for (List<UserId> part : parts(users)) {
            RBatch batch = redis.createBatch(BatchOptions.defaults());
            List<RFuture<Boolean>> answers = part.stream()
                    .flatMap(user -> {
                        RListAsync<String> feed = batch.getList(key(user), StringCodec.INSTANCE);
                        return Stream.of(feed.addAsync(COMPLETE), feed.expireAsync(LIFE));
                    })
                    .toList();
            batch.execute();
            answers.forEach(answer -> answer.toCompletableFuture().join());
            part.forEach(user -> each.run());
        }
    }

    /** Reads every feed; a user without one gets an empty list. */
    void read(List<UserId> users, BiConsumer<UserId, List<String>> each) {
        for (List<UserId> part : parts(users)) {
            RBatch batch = redis.createBatch(BatchOptions.defaults());
            List<RFuture<List<String>>> answers = part.stream()
                    .map(user -> batch.<String>getList(key(user), StringCodec.INSTANCE)
                            .readAllAsync())
                    .toList();
            batch.execute();
            for (int i = 0; i < part.size(); i++) {
                each.accept(part.get(i), answers.get(i).toCompletableFuture().join());
            }
        }
    }

    private static List<List<UserId>> parts(List<UserId> users) {
        List<List<UserId>> parts = new ArrayList<>();
        for (int from = 0; from < users.size(); from += BATCH) {
            parts.add(users.subList(from, Math.min(from + BATCH, users.size())));
        }
        return parts;
    }

    private static String key(UserId user) {
        return "feed:" + user.value();
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
