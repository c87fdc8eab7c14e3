package dev.darkroom.workers.runtime;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.jobs.death.DeathRegister;
import dev.darkroom.jobs.death.DeathWatch;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.pulse.LoopWatch;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.SettlementListeners;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that does the jobs of its types, or relays, until it is told to stop. Started once; {@link #stop} takes it
 * through quiet to stopped within its drain time and some seconds.
 */
public final class WorkerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private final JobWorker worker;
    private final DeathWatch deaths;
    private final WorkerSettings settings;
    private final LoopWatch loops;

    /** @param name what the process does, such as {@code feed.deliver} */
    public WorkerProcess(
            String name, WorkerSettings settings, List<String> servers, List<Ledger> ledgers, JobHandlers handlers) {
        this.settings = settings;
        WorkerIdentity threaded = WorkerIdentity.ofThisProcess(name, HostName.ofThisMachine(), settings.threads());
        WorkerIdentity identity = settings.alone() ? threaded.forJobsUnderSuspicion() : threaded;
        this.deaths = new DeathWatch(settings.runFolder(), registers(ledgers));
        this.worker = new JobWorker(
                identity,
                addresses(servers),
                ledgers,
                handlers,
                settings.runFolder().recorder(identity.self()),
                Pause.SLEEP);
        this.loops = StuckProcess.watch(worker.pulses(), worker::endsAtOnce);
    }

    private static List<DeathRegister> registers(List<Ledger> ledgers) {
        return ledgers.stream()
                .map(ledger -> new DeathRegister(ledger, SettlementListeners.all()))
                .toList();
    }

    public void start() {
        deaths.start();
        worker.start();
        loops.start();
    }

    /** Completes when this process has given up so many stuck handlers that a fresh one should take its place. */
    public CompletionStage<Void> exhausted() {
        return worker.exhausted();
    }

    public void stop() throws InterruptedException {
        LOG.info("Quiet: finishing what runs, at most {}", settings.drainTimeout());
        worker.stop(settings.drainTimeout());
        loops.close();
        deaths.close();
        LOG.info("Stopped");
    }

    /** Connections for submitting: directly after a commit, or as a relay. */
    public static JobServers jobServers(String name, List<String> servers) {
        return JobServers.connect(servers, name + "@" + ProcessHandle.current().pid(), HostName.ofThisMachine());
    }

    private static List<ServerAddress> addresses(List<String> servers) {
        return servers.stream().map(ServerAddress::parse).toList();
    }
}
