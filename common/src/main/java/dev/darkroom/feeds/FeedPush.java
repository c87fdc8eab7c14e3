package dev.darkroom.feeds;

import dev.darkroom.users.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.redisson.client.RedisNoScriptException;

/** Delivers a media to many feeds: a call of the script for each batch of them, all calls to a node in one round trip. */
final class FeedPush {

    private static final String REPEATED = "repeated";

    private final FeedNodes nodes;
    private final FeedSettings settings;

    FeedPush(FeedNodes nodes, FeedSettings settings) {
        this.nodes = nodes;
        this.settings = settings;
    }

    int push(DeliveryRun run, Collection<UserId> users) {
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        nodes.byNode(users).forEach((node, theirs) -> answers.add(push(node, run, theirs)));
        long reached = 0;
        for (CompletableFuture<Long> answer : answers) {
            reached += join(answer);
        }
        return (int) reached;
    }

    private CompletableFuture<Long> push(Scripts node, DeliveryRun run, List<UserId> users) {
        List<List<Object>> batches = batches(run, users);
        if (batches.isEmpty()) {
            return CompletableFuture.completedFuture(0L);
        }
        return node.runAll(LuaScript.PUSH, batches, arguments(run))
                .toCompletableFuture()
                .exceptionallyCompose(failure -> {
                    if (!(unwrapped(failure) instanceof RedisNoScriptException)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    // With a new token: should part of the batch have been done, the rest looks before it pushes.
                    return node.load(LuaScript.PUSH)
                            .thenCompose(loaded -> node.runAll(LuaScript.PUSH, batches, arguments(run)));
                });
    }

    private static long join(CompletableFuture<Long> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (unwrapped(e) instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private List<List<Object>> batches(DeliveryRun run, List<UserId> users) {
        String chunk = run.media() + ":" + run.chunk();
        List<List<Object>> batches = new ArrayList<>();
        for (int from = 0; from < users.size(); from += settings.batch()) {
            List<UserId> batch = users.subList(from, Math.min(from + settings.batch(), users.size()));
            List<Object> keys = new ArrayList<>(batch.size() + 1);
            keys.add(chunk);
            batch.forEach(user -> keys.add(user.toString()));
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
