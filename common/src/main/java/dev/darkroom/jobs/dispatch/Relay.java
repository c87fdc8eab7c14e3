package dev.darkroom.jobs.dispatch;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.ledger.WorkerRegister;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay of one physical database: the only one that hands waiting jobs to Gearman. Several processes may run one; the
 * holder of the leadership row is active, the others wait to take over, within five seconds of its death. Whatever fails
 * is tried again: nothing here ends the loop but {@link #close}.
 */
public final class Relay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private static final Duration BUSY = Duration.ofMillis(2);
    private static final Duration IDLE = Duration.ofMillis(25);
    /** How often a relay in waiting looks whether it may lead. */
    private static final Duration STANDBY = Duration.ofMillis(500);

    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final DataSource source;
    private final Broker broker;
    private final RelayLeadership leadership;
    private final WorkerRegister workers;
    private final RelayLimits limits;
    private final Pause pause;
    private final Periodic renewal = new Periodic(Duration.ofSeconds(1));
    private final AtomicBoolean serverLost = new AtomicBoolean();
    private final Thread thread;
    private final Thread dutyThread;
    private volatile boolean stopping;
    private RelayCycle cycle;
    private long cycleTerm = -1;
    private volatile boolean leader;

    /**
     * @param source connections that bypass any transaction pooler; one is used at a time, one more by the duties, and short ones for heartbeats
     * @param leadership tells also where this process runs, for people
     * @param work what it does beside filling windows
     */
    Relay(DataSource source, Broker broker, String name, RelayLeadership leadership, RelayWork work, Pause pause) {
        this.source = source;
        this.broker = broker;
        this.leadership = leadership;
        this.workers = new WorkerRegister(source);
        this.pause = pause;
        this.limits = work.limits();
        this.cycle = new RelayCycle(broker, leadership, workers, limits);
        this.thread = new Thread(this::runUntilStopped, name);
        this.dutyThread = new Thread(
                new RelayDuties(source, work.duties(), () -> leader, () -> stopping, pause), name + "/duties");
    }

    public void start() {
        thread.start();
        dutyThread.start();
    }

    /** A job server's connection was lost: called from any thread. */
    void serverLost() {
        serverLost.set(true);
    }

    private void runUntilStopped() {
        while (!stopping) {
            try (Connection connection = source.getConnection()) {
                while (!stopping) {
                    pause.pause(pass(connection));
                }
                leadership.resign(connection);
            } catch (SQLException | JobException e) {
                LOG.warn("The relay could not go on and tries again in {}: {}", AFTER_ERROR, e.getMessage());
                waitAfterError();
            } catch (RuntimeException | Error e) {
                // A thread that ended would leave the duties leading without it.
                LOG.error("The relay failed in a way not foreseen and tries again in {}", AFTER_ERROR, e);
                waitAfterError();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Duration pass(Connection connection) throws SQLException {
        if (renewal.isDue()) {
            lead(leadership.acquire(connection));
        }
        if (!leader) {
            return STANDBY;
        }
        if (serverLost.getAndSet(false)) {
            cycle.serverLost();
        }
        return cycle.run(connection) ? BUSY : IDLE;
    }

    private void lead(boolean now) {
        if (now && leadership.term() != cycleTerm) {
            LOG.info("Leading with term {}", leadership.term());
            cycle = new RelayCycle(broker, leadership, workers, limits);
            cycleTerm = leadership.term();
        }
        leader = now;
    }

    private void waitAfterError() {
        leader = false;
        renewal.makeDue();
        try {
            pause.pause(AFTER_ERROR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Gives the leadership up, so that another takes over at once, and ends. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join(LONGEST_STOP.toMillis());
        dutyThread.join(LONGEST_STOP.toMillis());
    }
}
