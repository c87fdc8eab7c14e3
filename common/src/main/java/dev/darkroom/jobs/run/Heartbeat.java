package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.WorkerBeat;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.pulse.Pulse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    /** Jobs that vanish wait for the next beat of every process that does their type. */
    private static final Duration IDLE_INTERVAL = Duration.ofSeconds(2);

    private final WorkerRegister register;
    private final RunTally tally;
    private final WorkerIdentity identity;
    private final Supplier<Duration> stalled;
    private final Pulse pulse;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String state = "running";
    private @Nullable WorkerBeat last;
    private long lastWritten;

    /** @param stalled for how long the process has finished nothing though it should have */
    Heartbeat(WorkerRegister register, RunTally tally, WorkerIdentity identity, Supplier<Duration> stalled) {
        this.register = register;
        this.tally = tally;
        this.identity = identity;
        this.stalled = stalled;
        this.pulse = new Pulse("heartbeat of " + identity.name());
    }

    Pulse pulse() {
        return pulse;
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
                pulse.beat();
                beat();
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
            // What was settled since the last one is counted too.
            beat();
            register.leave(identity.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("The farewell was not recorded; the row is taken away later: {}", e.getMessage());
        } finally {
            pulse.end();
        }
    }

    private void beat() {
        WorkerBeat beat = new WorkerBeat(
                identity.self(), state, tally.startedRuns(), stalled.get(), tally.counts(), tally.lastMinute());
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
                || !before.saysTheSameAs(beat);
    }
}
