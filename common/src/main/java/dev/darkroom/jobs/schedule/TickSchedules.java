package dev.darkroom.jobs.schedule;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.dispatch.RelayDuty;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.TransientErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues what schedules have become due, each in a transaction that also moves the schedule on to its next time. The row's
 * lock and the comparison with the database's clock see to it that of several processes exactly one does so for each time;
 * one that dies before its commit has done nothing. Used by one thread.
 */
public final class TickSchedules implements RelayDuty {

    private static final Logger LOG = LoggerFactory.getLogger(TickSchedules.class);

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final String DUE = """
            SELECT name FROM jobs.schedule
            WHERE name = ANY (?) AND ((paused_at IS NULL AND next_at <= clock_timestamp()) OR asked_at IS NOT NULL)
            ORDER BY next_at""";

    private final Ledger ledger;
    private final Schedules schedules;
    private final Map<String, Long> heldBack = new HashMap<>();
    private long synchronisedAt = System.nanoTime() - MINUTE;

    /** @param ledger where jobs and schedules are; it knows the types of the jobs */
    public TickSchedules(Ledger ledger, Schedules schedules) {
        this.ledger = ledger;
        this.schedules = schedules;
    }

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    /**
     * Enqueues what is due now. The first time, and once a minute in case another version of the program had its way, the
     * table is brought in line with the code before.
     *
     * @param connection to the ledger's database, auto-commit on
     * @throws dev.darkroom.jobs.JobException if the database cannot be reached; what was not enqueued stays due
     */
    @Override
    public void run(Connection connection) throws SQLException {
        if (System.nanoTime() - synchronisedAt >= MINUTE) {
            SynchroniseSchedules.synchronise(connection, schedules);
            synchronisedAt = System.nanoTime();
        }
        for (String name : due(connection)) {
            Schedule schedule = schedules.named(name);
            if (schedule != null && !isHeldBack(name)) {
                enqueueOrHoldBack(schedule);
            }
        }
    }

    private List<String> due(Connection connection) throws SQLException {
        List<String> due = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setArray(
                    1, connection.createArrayOf("text", schedules.names().toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(rows.getString(1));
                }
            }
        }
        return due;
    }

    private boolean isHeldBack(String name) {
        Long since = heldBack.get(name);
        return since != null && System.nanoTime() - since < MINUTE;
    }

    private void enqueueOrHoldBack(Schedule schedule) {
        try {
            int enqueued = ledger.inTransaction(transaction -> enqueue(transaction, schedule));
            LOG.debug("The schedule {} enqueued {} jobs", schedule.name(), enqueued);
            heldBack.remove(schedule.name());
        } catch (RuntimeException e) {
            if (TransientErrors.isTransient(e)) {
                throw e;
            }
            // One schedule that cannot be enqueued must not keep the others from it.
            LOG.error(
                    "The schedule {} could not be enqueued; it stays due and is tried in a minute", schedule.name(), e);
            heldBack.put(schedule.name(), System.nanoTime());
        }
    }

    private static int enqueue(JobTransaction transaction, Schedule schedule) throws SQLException {
        ScheduleRow row = ScheduleRow.lockIfDue(transaction.connection(), schedule.name());
        if (row == null) {
            return 0;
        }
        List<NewJob> jobs = new ArrayList<>();
        row.due().forEach(time -> jobs.add(NewJob.now(schedule.jobFor(time))));
        if (row.isAsked()) {
            jobs.add(NewJob.now(schedule.jobFor(row.now())));
        }
        int enqueued = (int)
                transaction.enqueue(jobs).stream().filter(Enqueued::accepted).count();
        row.moveOn(transaction.connection(), schedule.name(), enqueued);
        return enqueued;
    }
}
