package dev.darkroom.jobs.ledger;

/** What an outcome made of the job's row. */
public enum Settlement {
    DONE,
    DISCARDED,
    RETRIED,
    SNOOZED,
    FAILED,
    /** The row is gone or has moved on to a later turn: another run's outcome counted, or this one's did already. */
    SUPERSEDED
}
