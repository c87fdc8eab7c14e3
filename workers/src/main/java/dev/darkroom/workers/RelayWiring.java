package dev.darkroom.workers;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import dev.darkroom.workers.runtime.WorkerProcess;

/** A process that relays for every physical database. */
final class RelayWiring implements WorkerMain.Stoppable {

    private final Shards shards;
    private final JobServers servers;

    private RelayWiring(Shards shards, JobServers servers) {
        this.shards = shards;
        this.servers = servers;
    }

    static RelayWiring open(PartsConfiguration parts) {
        return new RelayWiring(
                Shards.open(parts, JobTypes.of(), DirectSubmission.NONE),
                WorkerProcess.jobServers("relay", parts.gearman().servers()));
    }

    @Override
    public void start() {
        for (PhysicalDatabase database : shards.databases()) {
            servers.relay(database.number(), database.source());
        }
    }

    @Override
    public void stop() throws InterruptedException {
        servers.close();
        shards.close();
    }
}
