package dev.darkroom.feeds;

import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.redisson.client.RedisNoScriptException;

/** Delivers a media to many feeds: a call of the script for each batch of them, all calls in one round trip. */
final class FeedPush {

    private static final String REPEATED = "repeated";

    private final Scripts scripts;
    private final FeedSettings settings;

    FeedPush(Scripts scripts, FeedSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    int push(DeliveryRun run, Collection<UserId> users) {
        if (users.isEmpty()) {
            return 0;
        }
        List<List<Object>> batches = batches(run, List.copyOf(users));
        try {
            return (int) scripts.runAll(LuaScript.PUSH, batches, arguments(run));
        } catch (RedisNoScriptException e) {
            scripts.load(LuaScript.PUSH);
            // With a new token: should part of the batch have been done, the rest looks before it pushes.
            return (int) scripts.runAll(LuaScript.PUSH, batches, arguments(run));
        }
    }

    private List<List<Object>> batches(DeliveryRun run, List<UserId> users) {
        String mark = FeedKeys.delivery(run.media(), run.chunk());
        List<List<Object>> batches = new ArrayList<>();
        for (int from = 0; from < users.size(); from += settings.batch()) {
            List<UserId> batch = users.subList(from, Math.min(from + settings.batch(), users.size()));
            List<Object> keys = new ArrayList<>(batch.size() + 1);
            keys.add(mark);
            batch.forEach(user -> keys.add(FeedKeys.feed(user)));
            batches.add(keys);
        }
        return batches;
    }

    private List<Object> arguments(DeliveryRun run) {
        return List.of(
                run.media().toString(),
                run.repeated() ? REPEATED : UUID.randomUUID().toString(),
                Long.toString(settings.remembered().toSeconds()),
                Integer.toString(settings.kept()),
                Integer.toString(settings.kept() + settings.slack()));
    }
}
