package dev.darkroom.jobs.ledger;

/**
 * A job that a process has begun and not yet settled.
 *
 * @param turn of the run
 * @param lane of the job, for what is counted by lane; empty for none
 * @param began by {@link System#nanoTime} of the process
 */
public record StartedRun(long id, int turn, String lane, long began) {}
