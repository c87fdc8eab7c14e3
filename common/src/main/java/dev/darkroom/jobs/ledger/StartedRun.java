package dev.darkroom.jobs.ledger;

/**
 * A job that a process has begun and not yet settled.
 *
 * @param turn of the run
 * @param began by {@link System#nanoTime} of the process
 */
public record StartedRun(long id, int turn, long began) {}
