package dev.darkroom.jobs.run;

import com.codahale.metrics.MetricRegistry;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.AloneFunction;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.pulse.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the jobs of some types: running, then quiet, then stopped, never back. Quiet: nothing more is grabbed, what no thread
 * has begun is given back through the ledger. Stopped: the running jobs have ended, or were given back at the deadline.
 * Thread-safe; does not own the ledgers' data sources.
 */
public final class JobWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(10);

    private final MetricRegistry metrics = new MetricRegistry();
    private final JobHandlers handlers;
    private final Map<Integer, RunTally> tallies = new HashMap<>();
    private final JobListeners listeners = new JobListeners();
    private final CompletableFuture<Void> exhausted = new CompletableFuture<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final List<Thread> services = new ArrayList<>();
    private final Completer completer;
    private final JobThreads threads;
    private final GrabTarget grabTarget;
    private final Pulse settling = new Pulse("settling");
    private final Pulse grabbing = new Pulse("connections to the job servers");
    private final WorkerIdentity identity;
    private final List<ServerAddress> servers;
    private final Thread completing;
    private final Pause pause;
    private final FlightRecorder recorder;
    private final AtomicBoolean quiet = new AtomicBoolean();
    private final AtomicBoolean stopBegun = new AtomicBoolean();
    private volatile @Nullable GearmanWorker gearman;
    private volatile CompletableFuture<Void> noMoreJobs = new CompletableFuture<>();
    private volatile boolean givenUp;
    private volatile boolean stopped;

    /**
     * Not started yet.
     *
     * @param ledgers one for each physical database
     * @param recorder where the process notes what it runs; closed at the end of the stop
     */
    public JobWorker(
            WorkerIdentity identity,
            List<ServerAddress> servers,
            Collection<Ledger> ledgers,
            JobHandlers handlers,
            FlightRecorder recorder,
            Pause pause) {
        this.recorder = recorder;
        this.identity = identity;
        this.servers = List.copyOf(servers);
        this.handlers = handlers;
        this.pause = pause;
        Map<Integer, Settler> settlers = new HashMap<>();
        for (Ledger ledger : ledgers) {
            RunTally tally = new RunTally(ledger.database(), handlers.names(), metrics);
            tallies.put(ledger.database(), tally);
            SettleJobs settle = new SettleJobs(
                    ledger, identity.name(), ThreadLocalRandom.current(), SettlementListeners.all(), tally);
            settlers.put(ledger.database(), new Settler(settle, pause, () -> givenUp, settling));
            Heartbeat heartbeat =
                    new Heartbeat(new WorkerRegister(ledger.heartbeats()), tally, identity, this::stalled);
            heartbeats.add(heartbeat);
            services.add(new Thread(heartbeat, identity.name() + "/heartbeat-" + ledger.database()));
        }
        this.grabTarget = new GrabTarget(identity.threads());
        this.completer = new Completer(settlers, tallies, listeners, new CompletedJobs(), settling);
        this.completing = new Thread(completer, identity.name() + "/complete");
        this.threads = new JobThreads(
                identity.threads(),
                identity.name(),
                recorder::slot,
                new RunHeldJob(ledgers, tallies, listeners),
                completer::add,
                () -> exhausted.complete(null));
    }

    /** What this process measures of its jobs, by type and database: for a reporter of one's own. */
    public MetricRegistry metrics() {
        return metrics;
    }

    /** Tells the listener of every run from now on. */
    public void listen(JobListener listener) {
        listeners.add(listener);
    }

    /** Completes when so many handlers are stuck that a fresh process should take this one's place; it goes on until then. */
    public CompletionStage<Void> exhausted() {
        return exhausted.minimalCompletionStage();
    }

    /** The loops without which the process is of no use. */
    public List<Pulse> pulses() {
        return Stream.concat(Stream.of(settling, grabbing), heartbeats.stream().map(Heartbeat::pulse))
                .toList();
    }

    /** The process is about to end at once: what runs in it must not be suspected of having ended it. */
    public void endsAtOnce() {
        recorder.stopping();
    }

    /** Begins to take jobs. */
    public void start() {
        completing.start();
        threads.start();
        Thread watchdog = new Thread(new Upkeep(threads, () -> gearman, grabbing, () -> stopped, pause), "watchdog");
        watchdog.setDaemon(true);
        services.add(watchdog);
        services.forEach(Thread::start);
        gearman = connect();
    }

    private GearmanWorker connect() {
        GearmanWorker.Builder builder = GearmanWorker.builder()
                .servers(servers)
                .clientId(identity.name())
                .capacity(identity.threads())
                .receiver(this::receive);
        handlers.names().stream()
                .map(type -> identity.alone() ? AloneFunction.of(type) : type)
                .forEach(builder::function);
        return builder.build();
    }

    /** What the job servers are told of jobs that are settled. */
    private final class CompletedJobs implements Completer.Listener {

        @Override
        public void settled(List<AssignedJob> done, List<AssignedJob> unsettled) {
            GearmanWorker worker = gearman;
            if (worker != null) {
                worker.complete(done);
                unsettled.forEach(worker::fail);
            }
        }

        @Override
        public void batchEnded(List<EndedJob> batch) {
            GearmanWorker worker = gearman;
            if (worker != null && !quiet.get() && !identity.alone()) {
                worker.setCapacity(grabTarget.after(batch));
            }
        }
    }

    private void receive(AssignedJob assigned) {
        JobHandlers.Entry<?> entry = handlers.named(AloneFunction.typeOf(assigned.function()));
        if (entry == null) {
            throw new JobException("No handler for " + assigned.function() + ", which this worker never announced");
        }
        HeldJob job = new HeldJob(assigned, JobEnvelope.decode(assigned.payload()), entry);
        if (!tallies.containsKey(job.database())) {
            throw new JobException("Job " + job.envelope().id() + " belongs to database " + job.database()
                    + ", which is not in this worker's configuration");
        }
        if (quiet.get()) {
            giveBack(job);
        } else {
            threads.add(job);
        }
    }

    private void giveBack(HeldJob job) {
        completer.add(new EndedJob(job, job.givenBack(), 0));
    }

    private Duration stalled() {
        return threads.stalled();
    }

    /** Takes no more jobs and gives back those not begun. May be called again without effect. */
    public void quiet() {
        if (quiet.compareAndSet(false, true)) {
            recorder.stopping();
            heartbeats.forEach(Heartbeat::quiet);
            GearmanWorker worker = gearman;
            noMoreJobs = worker == null ? CompletableFuture.completedFuture(null) : worker.quiet();
            threads.stopBeginning().forEach(this::giveBack);
        }
    }

    /** Quiet, then waits for the running jobs until the deadline, gives back what still runs, and ends. Only the first call does. */
    public void stop(Duration deadline) throws InterruptedException {
        if (!stopBegun.compareAndSet(false, true)) {
            return;
        }
        quiet();
        if (!threads.awaitEnd(deadline)) {
            threads.interruptAll();
            if (!threads.awaitEnd(AFTER_INTERRUPT)) {
                List<HeldJob> running = threads.running();
                LOG.warn(
                        "{} jobs still run after {} and are given back; their outcome will not count",
                        running.size(),
                        deadline);
                running.forEach(this::giveBack);
            }
        }
        noMoreJobs
                .completeOnTimeout(null, AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        // A job received just before quiet took effect may have been queued behind the last thread.
        threads.stopBeginning().forEach(this::giveBack);
        completer.finish();
        completing.join(LAST_COMMIT.toMillis());
        givenUp = true;
        completing.join(AFTER_INTERRUPT.toMillis());
        stopped = true;
        GearmanWorker worker = gearman;
        if (worker != null) {
            worker.close();
        }
        heartbeats.forEach(Heartbeat::stop);
        for (Thread service : services) {
            service.join(AFTER_INTERRUPT.toMillis());
        }
        recorder.close();
    }

    /** Stops at once: running jobs are interrupted and given back. */
    @Override
    public void close() throws InterruptedException {
        stop(Duration.ZERO);
    }
}
