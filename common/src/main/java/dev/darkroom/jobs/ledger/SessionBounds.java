package dev.darkroom.jobs.ledger;

/**
 * What every session with a ledger's database should begin with, so that a process that stands still holds nobody up for
 * long. For a pool's setting of the statement that it runs on each new connection.
 */
public final class SessionBounds {

    /**
     * A process that stands still in the middle of a transaction, or whose host is gone, keeps its locks for 15 s: then
     * PostgreSQL ends the session, and what was not committed never was.
     */
    public static final String ON_CONNECT = "SET idle_in_transaction_session_timeout = '15s'";

    /** For one transaction whose reader may take its time, such as a person who looks at a list page by page. */
    public static final String PATIENT_TRANSACTION = "SET LOCAL idle_in_transaction_session_timeout = 0";

    private SessionBounds() {}
}
