package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Something that the active relay of a database does now and then, beside handing out: on a thread and a connection of its
 * own, so that it delays no job. A relay that was stopped for a while may do it beside its successor, so each duty guards
 * what it writes by locks and conditions of its own.
 */
public interface RelayDuty {

    /** What it is called in logs. */
    String name();

    /** How long to wait between the end of one run and the next. */
    Duration interval();

    /**
     * Does what is to be done now, in a bounded time. Tried again after the interval if anything is thrown.
     *
     * @param connection with auto-commit on; to be left so
     */
    void run(Connection connection) throws SQLException;
}
