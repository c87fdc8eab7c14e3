package dev.darkroom.jobs.dispatch;

/** A row that waits to be handed out. */
record WaitingJob(LaneKey lane, JobEnvelope envelope) {}
