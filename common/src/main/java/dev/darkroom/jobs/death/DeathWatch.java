package dev.darkroom.jobs.death;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.WorkerSelf;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second for processes of this host that have died, and reports them to every ledger. A parent that knows how a
 * child ended tells it first ({@link #ended}); another process waits until it has found the same process dead twice, so that
 * the parent's better knowledge comes first. What can't be reported stays in the folder and is tried again. Thread-safe.
 */
public final class DeathWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeathWatch.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String UNKNOWN_ENDING = "it ended without a word";

    private final RunFolder folder;
    private final List<DeathRegister> registers;
    private final Semaphore news = new Semaphore(0);
    private final Map<Long, String> endings = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "death-watch");
    private Set<UUID> foundBefore = Set.of();
    private volatile boolean closing;

    /** @param registers one for each physical database */
    public DeathWatch(RunFolder folder, Collection<DeathRegister> registers) {
        this.folder = folder;
        this.registers = List.copyOf(registers);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * A child has ended; reported soon, on the thread of this watch.
     *
     * @param exitCode as a shell gives it: 128 and more name a signal
     */
    public void ended(long pid, int exitCode) {
        endings.put(pid, exitCode > 128 ? "killed by signal " + (exitCode - 128) : "ended with exit code " + exitCode);
        news.release();
    }

    private void run() {
        try {
            while (!closing) {
                if (news.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Set<UUID> found = new HashSet<>();
        try {
            for (Flight flight : folder.ofDeadProcesses()) {
                UUID worker = flight.header().worker();
                String ending = endings.get(flight.header().pid());
                if (ending != null || foundBefore.contains(worker)) {
                    report(flight, Optional.ofNullable(ending).orElse(UNKNOWN_ENDING));
                }
                found.add(worker);
            }
        } catch (IOException e) {
            LOG.warn("A death could not be reported and is tried again in {}: {}", INTERVAL, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A death could not be reported, for a reason not foreseen, and is tried again", e);
        }
        foundBefore = found;
    }

    private void report(Flight flight, String ending) throws IOException {
        FlightHeader header = flight.header();
        String killedBy =
                folder.killReason(header.pid()).orElse(flight.stopping() ? "a stop that took too long" : null);
        WorkerSelf self = new WorkerSelf(header.worker(), header.name(), header.host(), header.pid(), 0, false);
        DeadWorker dead = new DeadWorker(self, flight.running(), ending, killedBy, Evidence.of(header, folder), true);
        boolean known = true;
        for (DeathRegister register : registers) {
            known &= report(register, dead);
        }
        if (known) {
            folder.forget(flight);
            endings.remove(header.pid());
        }
    }

    /** A database that is away keeps no other from hearing of it. */
    private static boolean report(DeathRegister register, DeadWorker dead) {
        try {
            register.report(dead);
            return true;
        } catch (JobException e) {
            LOG.warn("A death could not be reported and is tried again in {}: {}", INTERVAL, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        news.release();
        thread.join();
    }
}
