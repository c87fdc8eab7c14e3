package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.death.FlightSlot;
import dev.darkroom.jobs.ledger.FinishedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that run handlers, and the jobs that wait for one of them. Thread-safe. */
final class JobThreads {

    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);

    private static final long IDLE_MILLIS = 500;

    private final Map<Integer, RunTally> tallies;
    private final Completer completer;
    private final BlockingQueue<HeldJob> waiting = new LinkedBlockingQueue<>();
    private final List<Runner> runners = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean ending;

    JobThreads(int count, String name, Map<Integer, RunTally> tallies, Completer completer, FlightRecorder recorder) {
        this.tallies = tallies;
        this.completer = completer;
        for (int i = 1; i <= count; i++) {
            runners.add(new Runner(name + "/job-" + i, recorder.slot()));
        }
    }

    void start() {
        runners.forEach(Thread::start);
    }

    void add(HeldJob job) {
        waiting.add(job);
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
        for (Runner runner : runners) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            runner.join(Math.max(1, left));
        }
        return runners.stream().noneMatch(Thread::isAlive);
    }

    /** Ends the running jobs, if they heed an interrupt: they count as given back, not as failed. */
    void interruptAll() {
        ending = true;
        runners.forEach(Thread::interrupt);
    }

    /** The jobs that are being run right now. */
    List<HeldJob> running() {
        List<HeldJob> running = new ArrayList<>();
        for (Runner runner : runners) {
            HeldJob job = runner.current;
            if (job != null) {
                running.add(job);
            }
        }
        return running;
    }

    /** Interrupts runs that are over their type's time-out, each once. */
    void interruptOverdue() {
        runners.forEach(Runner::interruptIfOverdue);
    }

    private final class Runner extends Thread {

        private final FlightSlot slot;
        private volatile @Nullable HeldJob current;
        private long began;
        private boolean interrupted;

        Runner(String name, FlightSlot slot) {
            super(name);
            this.slot = slot;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (!stopping) {
                    HeldJob job = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                    if (job != null) {
                        runOne(job);
                    }
                }
            } catch (InterruptedException e) {
                // Only a stopping process interrupts a thread that has no job.
                interrupt();
            }
        }

        private void runOne(HeldJob job) {
            RunTally tally = tallies.get(job.database());
            if (tally != null) {
                tally.started(job.envelope().id(), job.envelope().turn());
            }
            begin(job);
            slot.begin(
                    job.envelope().id(),
                    job.envelope().turn(),
                    job.entry().type().name());
            FinishedJob finished = RunJob.run(job.entry(), job.envelope());
            slot.end();
            boolean cutShort = ending && finished.outcome() instanceof Outcome.Retry;
            long micros = end();
            completer.add(new EndedJob(job, (cutShort ? job.givenBack() : finished).took(micros), micros));
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
            return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        }

        private synchronized void interruptIfOverdue() {
            HeldJob job = current;
            if (job == null || interrupted) {
                return;
            }
            Duration timeout = job.entry().type().timeout();
            if (System.nanoTime() - began > timeout.toNanos()) {
                LOG.warn(
                        "Job {} has run for longer than {} and is interrupted",
                        job.envelope().id(),
                        timeout);
                interrupted = true;
                interrupt();
            }
        }
    }
}
