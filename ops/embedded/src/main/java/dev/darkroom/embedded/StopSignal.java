package dev.darkroom.embedded;

/** The signal that asks a child to stop in good order. */
public enum StopSignal {
    /** What most programs expect. PostgreSQL would wait for its clients: give it {@link #INT}. */
    TERM,
    /** PostgreSQL's fast shutdown: roll back, write a checkpoint, leave. */
    INT
}
