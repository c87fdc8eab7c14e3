package dev.darkroom.ops.killtest.faults;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.killtest.load.Phase;
import dev.darkroom.ops.killtest.parts.Part;
import dev.darkroom.ops.killtest.parts.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Kills and stops parts at random moments until it is ended; what was killed is started again, what was stopped goes on after
 * longer than any lease. Every second kill comes with a stop of something, and some of them together are aimed at what chance
 * seldom hits: see {@link #overtake} and {@link #strand}. Thread-safe.
 */
public final class Faults {

    /** Leases are of 5 and 10 seconds. */
    private static final Duration SHORTEST_STOP = Duration.ofSeconds(11);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    /** A silent worker counts as dead after 15 seconds, and then others do its jobs. */
    private static final Duration SHORTEST_SLEEP = Duration.ofSeconds(23);

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    /** So long producers go on submitting while no worker takes anything. */
    private static final Duration STRANDING = Duration.ofMillis(1_500);

    private static final double LEAST_PAUSE = 0.3;

    /** Rounds of different kinds. */
    private static final int CYCLE = 8;

    private static final Duration LONGEST_DEATH = Duration.ofMillis(1_500);
    private static final int REPAIRERS = 6;

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
        // Job servers are killed where it hurts, and often enough so.
        Turns kills = new Turns(parts, EnumSet.complementOf(EnumSet.of(Role.JOB_SERVER)), random);
        // What is silent for 15 seconds counts as dead, and of a job under suspicion that would be the second time.
        Turns stops = new Turns(parts, EnumSet.complementOf(EnumSet.of(Role.ALONE, Role.WORKER)), random);
        try {
            long due = System.nanoTime();
            for (long round = 0; ; round++) {
                due = pauseUntilNext(due);
                noticeSurprises();
                switch ((int) (round % CYCLE)) {
                    case 1, 5 -> overtake(kills);
                    case 3 -> strand(kills);
                    case 7 -> {
                        stops.next().ifPresent(part -> stop(part, between(SHORTEST_STOP, LONGEST_STOP)));
                        kills.next().ifPresent(this::kill);
                    }
                    default -> kills.next().ifPresent(this::kill);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the next is due: where the last ones had to wait for their moment, that is made up for. */
    private long pauseUntilNext(long due) throws InterruptedException {
        Duration mean = log.kills() < enough ? interval : interval.multipliedBy(SLOWER);
        long next = due + part(mean, random.nextDouble(0.4, 1.6)).toNanos();
        long least = part(mean, LEAST_PAUSE).toNanos();
        Pause.SLEEP.pause(Duration.ofNanos(Math.max(least, next - System.nanoTime())));
        return next;
    }

    /**
     * A worker falls asleep with jobs in hand, one of its job servers dies, others do its jobs, and when it wakes it settles
     * them as well: only the fence keeps both from counting.
     */
    private void overtake(Turns turns) throws InterruptedException {
        await(Phase.PRESSURE, random.nextDouble(0.3, 0.9));
        if (turns.allOf(Role.WORKER).size() > 1) {
            turns.of(Role.WORKER).ifPresent(worker -> stop(worker, between(SHORTEST_SLEEP, LONGEST_SLEEP)));
        }
        turns.of(Role.JOB_SERVER).ifPresent(this::kill);
    }

    /**
     * While no worker takes anything a job server dies with what producers have submitted directly: only its leases bring
     * that back.
     */
    private void strand(Turns turns) throws InterruptedException {
        await(Phase.CALM, random.nextDouble(0.5, 0.7));
        List<Part> workers = turns.allOf(Role.WORKER);
        workers.forEach(worker -> stop(worker, STRANDING.multipliedBy(2)));
        Pause.SLEEP.pause(STRANDING);
        turns.of(Role.JOB_SERVER).ifPresent(this::kill);
    }

    private void await(Phase phase, double share) throws InterruptedException {
        Pause.SLEEP.pause(phase.until(clock.millis(), share));
    }

    private Duration between(Duration shortest, Duration longest) {
        return shortest.plus(part(longest.minus(shortest), random.nextDouble()));
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

    private void stop(Part part, Duration still) {
        long pid = part.pid();
        long from = clock.millis();
        if (attempt(part, part::suspend)) {
            log.begun(Fault.Type.STOP, part.role());
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
