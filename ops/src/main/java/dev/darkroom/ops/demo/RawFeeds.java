package dev.darkroom.ops.demo;

import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.ops.system.OpsException;
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
 * mistakes. A feed is a list {@code feed:<generation>:<layout>:<user id>} of media ids in decimal; its last entry is {@code 0}
 * when it is complete. The generation is a field of the hash {@code feed:generation}. Thread-safe.
 */
final class RawFeeds implements AutoCloseable {

    static final String COMPLETE = "0";

    private static final int BATCH = 1_000;
    private static final int CONNECTIONS = 2;

    /** As long as a reader's feed lives. */
    private static final Duration LIFE = Duration.ofDays(30);

    private final RedissonClient redis;
    private final int layout;

    /** The feeds of a system with one server for them. */
    RawFeeds(RedisConfiguration configuration) {
        if (configuration.feeds().size() > 1) {
            throw new OpsException("The demonstration looks into one Redis server, and the feeds lie on "
                    + configuration.feeds() + ".");
        }
        this.redis = RedisClients.open(configuration.feeds().get(0), CONNECTIONS);
        this.layout = configuration.feedLayout();
    }

    /** Gives each user an empty feed, as one who looked at it and follows nobody who has posted. */
    void makeEmpty(List<UserId> users, Runnable each) {
        String prefix = prefix();
        for (List<UserId> part : parts(users)) {
            RBatch batch = redis.createBatch(BatchOptions.defaults());
            List<RFuture<Boolean>> answers = part.stream()
                    .flatMap(user -> {
                        RListAsync<String> feed = batch.getList(prefix + user, StringCodec.INSTANCE);
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
        String prefix = prefix();
        for (List<UserId> part : parts(users)) {
            RBatch batch = redis.createBatch(BatchOptions.defaults());
            List<RFuture<List<String>>> answers = part.stream()
                    .map(user -> batch.<String>getList(prefix + user, StringCodec.INSTANCE)
                            .readAllAsync())
                    .toList();
            batch.execute();
            for (int i = 0; i < part.size(); i++) {
                each.accept(part.get(i), answers.get(i).toCompletableFuture().join());
            }
        }
    }

    static boolean isComplete(List<String> entries) {
        return !entries.isEmpty() && entries.get(entries.size() - 1).equals(COMPLETE);
    }

    /** The ids of a feed's media, with any repetition. */
    static List<Long> media(List<String> entries) {
        return entries.stream().map(Long::parseLong).filter(id -> id > 0).toList();
    }

    private static List<List<UserId>> parts(List<UserId> users) {
        List<List<UserId>> parts = new ArrayList<>();
        for (int from = 0; from < users.size(); from += BATCH) {
            parts.add(users.subList(from, Math.min(from + BATCH, users.size())));
        }
        return parts;
    }

    /** Made by the first look at any feed; a restart of the server makes another. */
    private String prefix() {
        String generation = redis.<String, String>getMap("feed:generation", StringCodec.INSTANCE)
                .get("name");
        return "feed:" + generation + ":" + layout + ":";
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
