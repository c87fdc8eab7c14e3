package dev.darkroom.jobs.unique;

/**
 * Who has a key.
 *
 * @param jobId the job that holds it
 * @param taken whether it was free and has just been taken, for a job that gets this id
 */
public record KeyHolder(long jobId, boolean taken) {}
