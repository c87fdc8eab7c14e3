package dev.darkroom.jobs.ledger;

/** A rarer feature that a job's row uses: told by a bit in {@code marks}, so that the others need not be asked for it. */
public enum Mark {
    /** Belongs to a flow: {@code flow_id}. */
    FLOW(1),
    /** Came from the failed table: {@code replay_id}. */
    REPLAY(2),
    /** Holds a unique key: {@code unique_key}. */
    UNIQUE(4),
    /** Is of no use after {@code expires_at}. */
    EXPIRES(8),
    /** Carries the trace of whoever enqueued it: {@code trace}. */
    TRACED(16),
    /** A process died while it ran: its next run is alone. */
    SUSPECT(32),
    /** Measures how long a job of its type waits: its handler is not called, and nobody counts it. */
    PROBE(64);

    private final int bit;

    Mark(int bit) {
        this.bit = bit;
    }

    /** Its bit in the column {@code marks}; never changed. */
    public int bit() {
        return bit;
    }
}
