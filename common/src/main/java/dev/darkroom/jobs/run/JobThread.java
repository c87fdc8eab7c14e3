package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.RunTimedOutException;
import dev.darkroom.jobs.death.FlightSlot;
import dev.darkroom.jobs.ledger.FinishedJob;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs handlers, one job after the other, until its pool has no more or gives it up. A run over its time is
 * interrupted; if it does not heed that, the thread is given up: what the handler still does is its own affair.
 */
final class JobThread extends Thread {

    private static final Logger LOG = LoggerFactory.getLogger(JobThread.class);

    private final FlightSlot slot;
    private final Pool pool;
    private final Function<HeldJob, FinishedJob> work;
    private volatile @Nullable HeldJob current;
    private long began;
    private long interruptedAt;
    private boolean interrupted;
    private boolean givenUp;

    /** Where a thread gets its jobs from and brings what became of them to. */
    interface Pool {

        /** Waits for the next job; null if there will be none. */
        @Nullable
        HeldJob next() throws InterruptedException;

        void ended(EndedJob job);
    }

    JobThread(String name, FlightSlot slot, Pool pool, Function<HeldJob, FinishedJob> work) {
        super(name);
        this.slot = slot;
        this.pool = pool;
        this.work = work;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            HeldJob job = pool.next();
            while (job != null && runOne(job)) {
                job = pool.next();
            }
        } catch (InterruptedException e) {
            // Only a stopping process interrupts a thread that has no job.
            interrupt();
        }
    }

    /** Returns whether the thread is still one of its pool's. */
    private boolean runOne(HeldJob job) {
        begin(job);
        slot.begin(
                job.envelope().id(), job.envelope().turn(), job.entry().type().name());
        FinishedJob finished = work.apply(job);
        slot.end();
        long micros = end();
        if (isGivenUp()) {
            LOG.warn(
                    "The given-up run of job {} has ended after {} ms; its outcome does not count",
                    job.envelope().id(),
                    TimeUnit.MICROSECONDS.toMillis(micros));
            return false;
        }
        pool.ended(new EndedJob(job, finished.took(micros), micros));
        return true;
    }

    @Nullable
    HeldJob current() {
        return current;
    }

    /** Negative while its job is in time. */
    synchronized long nanosOverTime() {
        HeldJob job = current;
        return job == null
                ? 0
                : System.nanoTime() - began - job.entry().type().timeout().toNanos();
    }

    private synchronized boolean isGivenUp() {
        return givenUp;
    }

    private synchronized void begin(HeldJob job) {
        began = System.nanoTime();
        interrupted = false;
        current = job;
    }

    /** Returns the run time in microseconds; an interrupt meant for this run does not reach the next. */
    private synchronized long end() {
        current = null;
        if (interrupted) {
            Thread.interrupted();
        }
        return micros();
    }

    private long micros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }

    /**
     * Interrupts a run that is over its time; gives it and the thread up if that was done and did not help.
     *
     * @return the run as failed, if the thread is given up and another must take its place
     */
    @Nullable
    synchronized EndedJob lookAfter() {
        HeldJob job = current;
        if (job == null) {
            return null;
        }
        if (interrupted) {
            Duration grace = job.entry().type().grace();
            return System.nanoTime() - interruptedAt > grace.toNanos() ? giveUp(job, grace) : null;
        }
        Duration timeout = job.entry().type().timeout();
        if (System.nanoTime() - began > timeout.toNanos()) {
            LOG.warn(
                    "Job {} has run for longer than {} and is interrupted",
                    job.envelope().id(),
                    timeout);
            interrupted = true;
            interruptedAt = System.nanoTime();
            interrupt();
        }
        return null;
    }

    private EndedJob giveUp(HeldJob job, Duration grace) {
        givenUp = true;
        current = null;
        setName(getName() + "/given-up");
        String reason = "Over its time of " + job.entry().type().timeout() + " and deaf to the interrupt for " + grace
                + ": its thread is given up";
        RunTimedOutException stuck = new RunTimedOutException(reason, getStackTrace());
        LOG.error(
                "Job {} of {} is stuck and counts as failed",
                job.envelope().id(),
                job.entry().type(),
                stuck);
        long micros = micros();
        return new EndedJob(
                job, job.finished(new Outcome.Retry(null, reason, stuck)).took(micros), micros);
    }
}
