package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.death.FlightSlot;
import dev.darkroom.jobs.ledger.FinishedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run handlers, and the jobs that wait for one of them: always as many as the process was given, whatever
 * becomes of single ones. Thread-safe.
 */
final class JobThreads implements JobThread.Pool {

    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);

    private static final long IDLE_MILLIS = 500;

    /** Given-up threads keep their memory and whatever they hold: with more of them a fresh process is better. */
    static final int FEWEST_GIVEN_UP = 4;

    private final String name;
    private final Supplier<FlightSlot> slots;
    private final Function<HeldJob, FinishedJob> work;
    private final Consumer<EndedJob> completer;
    private final int mostGivenUp;
    private final Runnable exhausted;
    private final BlockingQueue<HeldJob> waiting = new LinkedBlockingQueue<>();
    private final List<JobThread> threads = new CopyOnWriteArrayList<>();
    private final List<JobThread> givenUp = new CopyOnWriteArrayList<>();
    private int made;
    private boolean isExhausted;
    private volatile boolean stopping;
    private volatile boolean ending;

    /**
     * @param name what the threads' names begin with
     * @param slots where each thread notes what it runs
     * @param work runs one job
     * @param completer takes what has ended
     * @param exhausted called when so many threads are given up that the process should be replaced; once
     */
    JobThreads(
            int count,
            String name,
            Supplier<FlightSlot> slots,
            Function<HeldJob, FinishedJob> work,
            Consumer<EndedJob> completer,
            Runnable exhausted) {
        this.name = name;
        this.slots = slots;
        this.work = work;
        this.completer = completer;
        this.mostGivenUp = Math.max(FEWEST_GIVEN_UP, count);
        this.exhausted = exhausted;
        for (int i = 0; i < count; i++) {
            threads.add(make());
        }
    }

    private JobThread make() {
        made++;
        return new JobThread(name + "/job-" + made, slots.get(), this, work);
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void add(HeldJob job) {
        waiting.add(job);
    }

    @Override
    public @Nullable HeldJob next() throws InterruptedException {
        while (!stopping) {
            HeldJob job = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (job != null) {
                return job;
            }
        }
        return null;
    }

    @Override
    public void ended(EndedJob job) {
        boolean cutShort = ending && job.finished().outcome() instanceof Outcome.Retry;
        completer.accept(
                cutShort ? new EndedJob(job.held(), job.held().givenBack().took(job.micros()), job.micros()) : job);
    }

    /** Begins nothing more: the jobs that no thread has begun are returned, for giving back. */
    List<HeldJob> stopBeginning() {
        stopping = true;
        List<HeldJob> unstarted = new ArrayList<>();
        waiting.drainTo(unstarted);
        return unstarted;
    }

    /** Waits for the running jobs; false if some still ran at the deadline. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (JobThread thread : threads) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            thread.join(Math.max(1, left));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** Ends the running jobs, if they heed an interrupt: they count as given back, not as failed. */
    void interruptAll() {
        ending = true;
        threads.forEach(Thread::interrupt);
    }

    /** The jobs that are being run right now; not those whose threads were given up. */
    List<HeldJob> running() {
        return threads.stream().map(JobThread::current).filter(Objects::nonNull).toList();
    }

    /**
     * Interrupts runs that are over their type's time-out, each once; puts fresh threads in the place of those that did not
     * heed it. Called by one thread, now and then.
     */
    void lookAfter() {
        for (JobThread thread : threads) {
            EndedJob stuck = thread.lookAfter();
            if (stuck != null) {
                replace(thread);
                ended(stuck);
            }
        }
        givenUp.removeIf(thread -> !thread.isAlive());
        if (givenUp.size() >= mostGivenUp && !isExhausted) {
            isExhausted = true;
            LOG.error(
                    "{} threads are stuck and given up: this process ends, so that a fresh one does better",
                    givenUp.size());
            exhausted.run();
        }
    }

    private void replace(JobThread stuck) {
        JobThread fresh = make();
        givenUp.add(stuck);
        threads.remove(stuck);
        threads.add(fresh);
        fresh.start();
    }

    /** For how long every thread has been at a job over its time; zero while one of them is free or in time. */
    Duration stalled() {
        long least = threads.stream().mapToLong(JobThread::nanosOverTime).min().orElse(0);
        return Duration.ofNanos(Math.max(0, least));
    }
}
