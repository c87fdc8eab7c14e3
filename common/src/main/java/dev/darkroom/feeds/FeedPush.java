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

    /** Characters of an id in decimal, and a comma. */
    private static final int LONGEST_ID = 20;

    private final FeedNodes nodes;
    private final FeedSettings settings;

    FeedPush(FeedNodes nodes, FeedSettings settings) {
        this.nodes = nodes;
        this.settings = settings;
    }

    int push(DeliveryRun run, Collection<UserId> users) {
        if (users.isEmpty()) {
            return 0;
        }
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        nodes.byNode(users).forEach((node, theirs) -> answers.add(push(node, run, theirs)));
        long reached = 0;
        for (CompletableFuture<Long> answer : answers) {
            reached += join(answer);
        }
        return (int) reached;
    }

    private CompletableFuture<Long> push(Scripts node, DeliveryRun run, List<UserId> users) {
        List<Object> chunk = List.of(run.media() + ":" + run.chunk());
        return node.runAll(LuaScript.PUSH, chunk, batches(run, users))
                .toCompletableFuture()
                .exceptionallyCompose(failure -> {
                    if (!(unwrapped(failure) instanceof RedisNoScriptException)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    // With a new token: should part of the batch have been done, the rest looks before it pushes.
                    return node.load(LuaScript.PUSH)
                            .thenCompose(loaded -> node.runAll(LuaScript.PUSH, chunk, batches(run, users)));
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

    /** The arguments of each call. */
    private List<List<Object>> batches(DeliveryRun run, List<UserId> users) {
        String token = run.repeated() ? REPEATED : UUID.randomUUID().toString();
        List<List<Object>> batches = new ArrayList<>();
        for (int from = 0; from < users.size(); from += settings.batch()) {
            List<UserId> batch = users.subList(from, Math.min(from + settings.batch(), users.size()));
            batches.add(List.of(
                    run.media().toString(),
                    token,
                    Long.toString(settings.remembered().toSeconds()),
                    Integer.toString(settings.kept()),
                    Integer.toString(settings.kept() + settings.slack()),
                    decimals(batch)));
        }
        return batches;
    }

    private static String decimals(List<UserId> users) {
        StringBuilder decimals = new StringBuilder(users.size() * LONGEST_ID);
        users.forEach(user -> decimals.append(user.value()).append(','));
        return decimals.toString();
    }
}
