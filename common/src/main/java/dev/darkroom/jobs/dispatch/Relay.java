package dev.darkroom.jobs.dispatch;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.pulse.Pulse;
import dev.darkroom.jobs.watch.RelayMeters;
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
    /** A pass costs the database the same whatever it finds: after one that found little the next waits until there is more. */
    private static final Duration CALM = Duration.ofMillis(10);

    private static final int MUCH = 500;
    private static final Duration IDLE = Duration.ofMillis(25);
    /** How often a relay in waiting looks whether it may lead. */
    private static final Duration STANDBY = Duration.ofMillis(500);

    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final DataSource source;
    private final Broker broker;
    private final RelayLeadership leadership;
    private final RelayLimits limits;
    private final RelayMeters meters;
    private final Pause pause;
    private final Periodic renewal = new Periodic(Duration.ofSeconds(1));
    private final AtomicBoolean serverLost = new AtomicBoolean();
    private final Thread thread;
    private final Thread dutyThread;
    private volatile boolean stopping;
    private RelayCycle cycle;
    private long cycleTerm = -1;
    private volatile boolean leader;
    private final Pulse pulse;

    /**
     * @param source connections that bypass any transaction pooler; one is used all the time, one more by the duties
     * @param meters where what it knows of each type is to be seen
     * @param leadership tells also where this process runs, for people
     * @param work what it does beside filling windows
     */
    Relay(
            DataSource source,
            Broker broker,
            RelayMeters meters,
            RelayLeadership leadership,
            RelayWork work,
            Pause pause) {
        this.source = source;
        this.broker = broker;
        this.leadership = leadership;
        this.pause = pause;
        this.limits = work.limits();
        this.meters = meters;
        this.cycle = new RelayCycle(broker, leadership, limits, meters);
        String name = "relay-" + meters.database();
        this.pulse = new Pulse(name);
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

    Pulse pulse() {
        return pulse;
    }

    private void runUntilStopped() {
        try {
            turnUntilStopped();
        } finally {
            pulse.end();
        }
    }

    private void turnUntilStopped() {
        while (!stopping) {
            pulse.beat();
            try (RelaySession session = RelaySession.open(source, RelaySession.LONGEST_SILENCE)) {
                while (!stopping) {
                    pause.pause(pass(session.connection()));
                }
                leadership.resign(session.connection());
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
        pulse.beat();
        if (renewal.isDue()) {
            lead(leadership.acquire(connection));
        }
        if (!leader) {
            return STANDBY;
        }
        if (serverLost.getAndSet(false)) {
            cycle.serverLost();
        }
        int submitted = cycle.run(connection);
        if (submitted == 0) {
            return IDLE;
        }
        return submitted < MUCH ? CALM : BUSY;
    }

    private void lead(boolean now) {
        if (now && leadership.term() != cycleTerm) {
            LOG.info("Leading with term {}", leadership.term());
            cycle = new RelayCycle(broker, leadership, limits, meters);
            cycleTerm = leadership.term();
        }
        leader = now;
        if (!now) {
            meters.clear();
        }
    }

    private void waitAfterError() {
        leader = false;
        meters.clear();
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
