package dev.darkroom.jobs.ledger;

/**
 * The columns that a job's row keeps on its way between the tables of waiting, later and failed jobs, in an order that
 * {@code INSERT … SELECT} statements share. A column that is added is added here.
 */
public final class JobColumns {

    /** Those that stay as they are. */
    public static final String KEPT =
            "id, created_at, expires_at, replay_id, flow_id, priority, type, lane, unique_key, args, trace, marks";

    /** {@link #KEPT}, and those that the moving statement often sets. */
    public static final String ALL = KEPT + ", run_at, turn, attempt";

    private JobColumns() {}
}
