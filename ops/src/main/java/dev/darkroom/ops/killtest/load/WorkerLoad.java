package dev.darkroom.ops.killtest.load;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.death.DeathRegister;
import dev.darkroom.jobs.death.DeathWatch;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.SettlementListeners;
import dev.darkroom.jobs.run.WorkerIdentity;
import dev.darkroom.ops.killtest.effects.EffectHandlers;
import dev.darkroom.ops.killtest.effects.RunLog;
import dev.darkroom.redis.RedisClients;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.redisson.api.RedissonClient;

/** A worker process that does all three types, with what a worker of the product has around it. */
final class WorkerLoad {

    private WorkerLoad() {}

    /** @param alone whether it does only jobs under suspicion, one at a time */
    static void run(LoadSettings settings, boolean alone) throws IOException, InterruptedException {
        RedissonClient redis = RedisClients.open(settings.redis(), LoadProcess.THREADS);
        try (HikariDataSource pool = LoadProcess.pool(settings);
                JobServers servers = LoadProcess.servers(settings, "follow-ups");
                RunLog runs = RunLog.ofThisProcess(settings.folder(), Clock.systemUTC())) {
            JobHandlers handlers = EffectHandlers.of(runs, pool, redis, settings.remote());
            work(settings, LoadProcess.ledger(settings, pool, servers), handlers, alone);
        } finally {
            redis.shutdown();
        }
    }

    private static void work(LoadSettings settings, Ledger ledger, JobHandlers handlers, boolean alone)
            throws IOException, InterruptedException {
        WorkerIdentity threaded = WorkerIdentity.ofThisProcess("kill-test", LoadProcess.HOST, LoadProcess.THREADS);
        WorkerIdentity identity = alone ? threaded.forJobsUnderSuspicion() : threaded;
        DeathWatch deaths =
                new DeathWatch(settings.runFolder(), List.of(new DeathRegister(ledger, SettlementListeners.all())));
        JobWorker worker = new JobWorker(
                identity,
                settings.jobServers(),
                List.of(ledger),
                handlers,
                settings.runFolder().recorder(identity.self()),
                Pause.SLEEP);
        deaths.start();
        worker.start();
        LoadProcess.awaitEndOfInput();
        worker.close();
        deaths.close();
    }
}
