package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.Outcome;
import java.util.List;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Counts in Redis, once: the mark and the count are made by one script. */
public final class RedisEffect implements Effect {

    /** Hashes of counts by the key of the job; each holds the jobs of one producer. */
    public static final String COUNTS = "killtest:effects:";

    private static final String MARKS = "killtest:marks:";

    private static final String ONCE = """
            if redis.call('HSETNX', KEYS[1], ARGV[1], '1') == 1 then
              return redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
            end
            return 0""";

    private final RedissonClient redis;

    RedisEffect(RedissonClient redis) {
        this.redis = redis;
    }

    @Override
    public Outcome take(JobKey key) {
        redis.getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_WRITE,
                        ONCE,
                        RScript.ReturnType.LONG,
                        List.of(MARKS + key.producer(), COUNTS + key.producer()),
                        Long.toString(key.value()));
        return Outcome.done();
    }
}
