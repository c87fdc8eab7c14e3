package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.WorkerBeat;
import dev.darkroom.jobs.ledger.WorkerRegister;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one database about once a second what this process is doing, and less often when nothing changes. A beat that fails
 * is missed and the next one tried: after {@link WorkerRegister#DEAD_AFTER} without any the process counts as dead. One
 * thread.
 */
final class Heartbeat implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration IDLE_INTERVAL = Duration.ofSeconds(5);

    private final WorkerRegister register;
    private final RunTally tally;
    private final WorkerIdentity identity;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String state = "running";
    private @Nullable WorkerBeat last;
    private long lastWritten;

    Heartbeat(WorkerRegister register, RunTally tally, WorkerIdentity identity) {
        this.register = register;
        this.tally = tally;
        this.identity = identity;
    }

    void quiet() {
        state = "quiet";
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        try {
            do {
                beat();
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
            register.leave(identity.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("The farewell was not recorded; the row is taken away later: {}", e.getMessage());
        }
    }

    private void beat() {
        WorkerBeat beat = new WorkerBeat(
                identity.id(),
                identity.host(),
                identity.pid(),
                state,
                identity.threads(),
                tally.startedJobs(),
                tally.counts());
        if (!isDue(beat)) {
            return;
        }
        try {
            register.beat(beat);
            last = beat;
            lastWritten = System.nanoTime();
        } catch (SQLException e) {
            LOG.warn("The heartbeat was not recorded; the next one follows in {}: {}", INTERVAL, e.getMessage());
        }
    }

    private boolean isDue(WorkerBeat beat) {
        WorkerBeat before = last;
        return before == null
                || System.nanoTime() - lastWritten > IDLE_INTERVAL.toNanos()
                || !before.state().equals(beat.state())
                || !Arrays.equals(before.started(), beat.started())
                || !before.counts().equals(beat.counts());
    }
}
