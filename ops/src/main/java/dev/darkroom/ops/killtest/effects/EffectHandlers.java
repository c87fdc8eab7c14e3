package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.run.JobHandlers;
import javax.sql.DataSource;
import org.redisson.api.RedissonClient;

/** Puts the handlers of the three types together. */
public final class EffectHandlers {

    private EffectHandlers() {}

    /**
     * All three.
     *
     * @param source where intents are recorded
     * @param remotePort of the service that is called
     */
    public static JobHandlers of(RunLog runs, DataSource source, RedissonClient redis, int remotePort) {
        Effect call = new CallEffect(new Intents(source), new RemoteClient(remotePort));
        return new JobHandlers()
                .add(EffectJobs.ROW, new EffectHandler<>(runs, new RowEffect()))
                .add(EffectJobs.REDIS, new EffectHandler<>(runs, new RedisEffect(redis)))
                .add(EffectJobs.CALL, new EffectHandler<>(runs, call));
    }
}
