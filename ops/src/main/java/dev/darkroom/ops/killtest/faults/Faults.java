package dev.darkroom.ops.killtest.faults;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.killtest.parts.Part;
import dev.darkroom.ops.killtest.parts.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Kills and stops parts at random moments until it is ended; what was killed is started again, what was stopped goes on after
 * longer than any lease. Every second kill comes with a stop of something. Thread-safe.
 */
public final class Faults {

    /** Leases are of 5 and 10 seconds. */
    private static final Duration SHORTEST_STOP = Duration.ofSeconds(11);

    /** A worker counts as dead after 15 seconds. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private static final Duration LONGEST_DEATH = Duration.ofMillis(1_500);
    private static final int REPAIRERS = 4;

    /** When there were enough kills the jobs are to catch up. */
    private static final int SLOWER = 8;

    private final List<Part> parts;
    private final Duration interval;
    private final int enough;
    private final Random random;
    private final FaultLog log = new FaultLog();
    private final Clock clock = Clock.systemUTC();
    private final Set<Part> inRepair = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService repairers = Executors.newScheduledThreadPool(REPAIRERS);
    private final Thread thread = new Thread(this::run, "faults");

    /**
     * @param interval between two kills, on average
     * @param enough after so many kills the others come less often
     */
    public Faults(List<Part> parts, Duration interval, int enough, Random random) {
        this.parts = parts;
        this.interval = interval;
        this.enough = enough;
        this.random = random;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    public FaultLog log() {
        return log;
    }

    private void run() {
        Turns kills = new Turns(parts, EnumSet.allOf(Role.class), random);
        // What is silent for 15 seconds counts as dead, and of a job under suspicion that would be the second time.
        Turns stops = new Turns(parts, EnumSet.complementOf(EnumSet.of(Role.ALONE)), random);
        try {
            for (long round = 0; ; round++) {
                Duration mean = log.kills() < enough ? interval : interval.multipliedBy(SLOWER);
                Pause.SLEEP.pause(part(mean, random.nextDouble(0.4, 1.6)));
                noticeSurprises();
                Optional<Part> stopped = round % 2 == 1 ? stops.next() : Optional.empty();
                stopped.ifPresent(this::stop);
                // What a stopped worker holds is handed out again only if its job server dies meanwhile.
                boolean worker = stopped.map(part -> part.role() == Role.WORKER).orElse(false);
                (worker ? kills.of(Role.JOB_SERVER) : kills.next()).ifPresent(this::kill);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }

    private void kill(Part part) {
        inRepair.add(part);
        long pid = part.pid();
        long from = clock.millis();
        if (attempt(part, part::kill)) {
            log.begun(Fault.Type.KILL, part.role());
            Duration dead = part(LONGEST_DEATH, random.nextDouble());
            repair(dead, part, part::start, Fault.Type.KILL, pid, from);
        }
    }

    private void stop(Part part) {
        long pid = part.pid();
        long from = clock.millis();
        if (attempt(part, part::suspend)) {
            log.begun(Fault.Type.STOP, part.role());
            Duration still = SHORTEST_STOP.plus(part(LONGEST_STOP.minus(SHORTEST_STOP), random.nextDouble()));
            repair(still, part, part::resume, Fault.Type.STOP, pid, from);
        }
    }

    private interface Attempt {
        boolean run() throws InterruptedException;
    }

    private boolean attempt(Part part, Attempt attempt) {
        try {
            if (attempt.run()) {
                return true;
            }
            log.surprise(part + " was not there any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private interface Repair {
        void run() throws InterruptedException;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whatever goes wrong is in the log.
    private void repair(Duration after, Part part, Repair repair, Fault.Type type, long pid, long from) {
        repairers.schedule(
                () -> {
                    try {
                        repair.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        log.surprise(part + " could not be started again: " + e.getMessage());
                    } finally {
                        log.ended(new Fault(type, part.role(), part.name(), pid, from, clock.millis()));
                        inRepair.remove(part);
                    }
                },
                after.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void noticeSurprises() throws InterruptedException {
        for (Part part : parts) {
            if (!inRepair.contains(part) && !part.isRunning()) {
                log.surprise(part + " ended by itself, process " + part.pid());
                part.start();
            }
        }
    }

    /** Begins nothing more and returns when everything runs again. */
    public void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        for (Part part : parts) {
            part.resume();
        }
        repairers.shutdown();
        repairers.awaitTermination(2, TimeUnit.MINUTES);
        noticeSurprises();
    }
}
