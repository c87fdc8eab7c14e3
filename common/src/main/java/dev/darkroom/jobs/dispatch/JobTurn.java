package dev.darkroom.jobs.dispatch;

/** One turn of a job. */
record JobTurn(long id, int turn) {}
