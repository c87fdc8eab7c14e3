package dev.darkroom.jobs.ledger;

/**
 * A job that is enqueued only if its key is free.
 *
 * @param index its place among the jobs that are enqueued with it
 */
record KeyedRow(int index, String key, JobRow row) {}
