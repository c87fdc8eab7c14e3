package dev.darkroom.ops.killtest.effects;

/** What becomes of a job besides its effect. */
public enum Fate {
    PLAIN,
    /** Asks for another job when it is done. */
    FOLLOWED,
    /** Its first run fails. */
    RETRIED,
    /** Its first turn asks to wait. */
    SNOOZED,
    /** Every run fails, so that it has to end in the failed table. */
    DOOMED
}
