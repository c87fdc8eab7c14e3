package dev.darkroom.ops.killtest.effects;

/** Where a job has its effect. */
public enum Kind {
    /** A row written in the transaction that completes the job. */
    ROW,
    /** A count in Redis behind a mark, so that a second run changes nothing. */
    REDIS,
    /** A call of a service that cannot tell a repetition: its intent is recorded first, and a second run looks first. */
    CALL
}
