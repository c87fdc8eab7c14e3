package dev.darkroom.jobs.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which errors of PostgreSQL say nothing about the statement: the same transaction may well succeed later.
 * SQLSTATE classes of the PostgreSQL manual, appendix A.
 */
public final class TransientErrors {

    /** 08 connection, 40 rolled back (serialization, deadlock), 53 out of resources, 57 shut down or cancelled, 58 system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /**
     * 25006: a read-only server, as during a failover; 25P03: this process stood still for so long that the session was
     * ended; 55P03: a lock was not to be had.
     */
    private static final Set<String> STATES = Set.of("25006", "25P03", "55P03");

    private TransientErrors() {}

    /** Whether the error or any of its causes is of the passing kind. */
    public static boolean isTransient(@Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || (cause instanceof SQLException sql && isTransient(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTransient(@Nullable String state) {
        return state == null || state.length() < 2 || STATES.contains(state) || CLASSES.contains(state.substring(0, 2));
    }
}
