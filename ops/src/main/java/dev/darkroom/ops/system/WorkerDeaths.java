package dev.darkroom.ops.system;

import dev.darkroom.catalogue.JobCatalogue;
import dev.darkroom.clock.Pause;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.death.DeathRegister;
import dev.darkroom.jobs.death.DeathWatch;
import dev.darkroom.jobs.death.RunFolder;
import dev.darkroom.jobs.death.StuckWorkers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.run.SettlementListeners;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;

/**
 * Reports workers that died, with the exit code that only their parent knows, and ends those that run and do nothing. It fails
 * jobs, so it knows every type: what follows a flow may be one of them. Until it has started it hears nothing. Thread-safe.
 */
final class WorkerDeaths implements AutoCloseable {

    private final Shards shards;
    private final DeathWatch watch;
    private final StuckWorkers stuck;

    private WorkerDeaths(Shards shards, DeathWatch watch, StuckWorkers stuck) {
        this.shards = shards;
        this.watch = watch;
        this.stuck = stuck;
    }

    static WorkerDeaths start(PartsConfiguration parts, DataFolder data) {
        Shards shards = Shards.open(parts, JobCatalogue.all(), DirectSubmission.NONE);
        DeathWatch watch = new DeathWatch(
                new RunFolder(data.workerFolder()),
                shards.databases().stream()
                        .map(database -> new DeathRegister(database.ledger(), SettlementListeners.all()))
                        .toList());
        watch.start();
        StuckWorkers stuck = new StuckWorkers(
                new RunFolder(data.workerFolder()),
                shards.databases().stream().map(PhysicalDatabase::source).toList(),
                Pause.SLEEP);
        stuck.start();
        return new WorkerDeaths(shards, watch, stuck);
    }

    void ended(long pid, int code) {
        watch.ended(pid, code);
    }

    @Override
    public void close() {
        try {
            stuck.close();
            watch.close();
        } catch (InterruptedException e) {
            throw OpsException.interrupted("ending the watch over the workers", e);
        } finally {
            shards.close();
        }
    }
}
