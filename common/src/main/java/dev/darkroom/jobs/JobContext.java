package dev.darkroom.jobs;

/**
 * What a handler may know of the run it is in.
 *
 * @param id the job's number, the same in every run
 * @param turn how many outcomes, give-backs and replays lie before this run; fences off runs of an earlier turn
 * @param attempt how often the job has failed so far: 0 in its first run
 */
public record JobContext(JobId id, int turn, int attempt) {}
