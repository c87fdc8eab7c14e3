package dev.darkroom.jobs.ledger;

import java.sql.SQLException;
import java.util.Set;

/** Tells a commit that the database refused, of which nothing is left, from one that may have taken place. */
final class RefusedCommits {

    /**
     * Classes of the PostgreSQL manual, appendix A: data, integrity, transaction state, rolled back, access rule, check
     * option, PL/pgSQL. All others may reach the client after the commit was written, such as 57P01 of a shutdown.
     */
    private static final Set<String> REFUSALS = Set.of("22", "23", "25", "40", "42", "44", "P0");

    /** The database cannot tell either whether the transaction took place. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private RefusedCommits() {}

    static boolean isRefusal(SQLException error) {
        String state = error.getSQLState();
        return state != null
                && state.length() == COMPLETION_UNKNOWN.length()
                && !COMPLETION_UNKNOWN.equals(state)
                && REFUSALS.contains(state.substring(0, 2));
    }
}
