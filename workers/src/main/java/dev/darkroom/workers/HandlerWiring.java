package dev.darkroom.workers;

import dev.darkroom.catalogue.JobCatalogue;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import dev.darkroom.workers.runtime.WorkerProcess;
import dev.darkroom.workers.runtime.WorkerSettings;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A process that does the jobs of some types: opens what their handlers need and nothing else. */
final class HandlerWiring implements WorkerMain.Stoppable {

    private final JobServers servers;
    private final HandlerParts parts;
    private final WorkerProcess process;

    private HandlerWiring(JobServers servers, HandlerParts parts, WorkerProcess process) {
        this.servers = servers;
        this.parts = parts;
        this.process = process;
    }

    /**
     * Opens what the types need.
     *
     * @param types none for a process that does jobs of all types, alone
     * @throws UnknownTypeException if no handler does a type
     */
    static HandlerWiring open(PartsConfiguration configuration, List<String> types, WorkerSettings settings) {
        String name = settings.alone() ? "alone" : String.join("+", types);
        List<String> addresses = configuration.gearman().servers();
        JobServers servers = WorkerProcess.jobServers(name + "/submit", addresses);
        Shards shards = Shards.open(configuration, JobCatalogue.all(), servers::directSubmission);
        HandlerParts parts = new HandlerParts(configuration, shards);
        JobHandlers handlers = new JobHandlers();
        (settings.alone() ? HandlerCatalogue.types() : types)
                .forEach(type -> HandlerCatalogue.add(type, handlers, parts));
        List<Ledger> ledgers =
                shards.databases().stream().map(PhysicalDatabase::ledger).toList();
        return new HandlerWiring(servers, parts, new WorkerProcess(name, settings, addresses, ledgers, handlers));
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public CompletionStage<Void> exhausted() {
        return process.exhausted();
    }

    @Override
    public void stop() throws InterruptedException {
        process.stop();
        servers.close();
        parts.close();
    }
}
