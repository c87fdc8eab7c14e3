package dev.darkroom.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.StringCodec;

/** Runs scripts on one node by their hash, and loads one where the server has lost it, as after a restart. Thread-safe. */
final class Scripts {

    private final RedissonClient redis;
    private final String layout;

    /** @param layout which feeds lie on which node, as a number that goes up when that changes */
    Scripts(RedissonClient redis, int layout) {
        this.redis = redis;
        this.layout = Integer.toString(layout);
    }

    /** Runs a script that returns a number. */
    long number(LuaScript script, List<Object> keys, List<Object> arguments) {
        return this.<Long>run(script, ReturnType.LONG, keys, arguments);
    }

    /** Runs a script that returns entries of a list. */
    List<String> entries(LuaScript script, List<Object> keys, List<Object> arguments) {
        return run(script, ReturnType.LIST, keys, arguments);
    }

    // As with Redisson itself, the return type says what comes back.
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T run(LuaScript script, ReturnType type, List<Object> keys, List<Object> arguments) {
        RScript scripting = redis.getScript(StringCodec.INSTANCE);
        Object[] values = values(arguments);
        try {
            return scripting.evalSha(Mode.READ_WRITE, script.sha(), type, keys, values);
        } catch (RedisNoScriptException e) {
            load(script).toCompletableFuture().join();
            return scripting.evalSha(Mode.READ_WRITE, script.sha(), type, keys, values);
        }
    }

    /**
     * Runs a script once for each list of arguments, all in one round trip. Never repeats anything by itself.
     *
     * @return completed with the sum of what the runs returned; or with a {@link RedisNoScriptException} if the script must be
     *     loaded first: some of the runs may have taken place
     */
    CompletionStage<Long> runAll(LuaScript script, List<Object> keys, List<List<Object>> arguments) {
        RBatch batch = redis.createBatch(BatchOptions.defaults().retryAttempts(0));
        RScriptAsync scripting = batch.getScript(StringCodec.INSTANCE);
        List<RFuture<Long>> answers = arguments.stream()
                .map(each -> scripting.<Long>evalShaAsync(
                        Mode.READ_WRITE, script.sha(), ReturnType.LONG, keys, values(each)))
                .toList();
        return batch.executeAsync()
                .thenApply(done -> answers.stream()
                        .mapToLong(answer -> answer.toCompletableFuture().join())
                        .sum());
    }

    private Object[] values(List<Object> arguments) {
        List<Object> values = new ArrayList<>(arguments.size() + 1);
        values.add(layout);
        values.addAll(arguments);
        return values.toArray();
    }

    RFuture<String> load(LuaScript script) {
        return redis.getScript(StringCodec.INSTANCE).scriptLoadAsync(script.source());
    }
}
