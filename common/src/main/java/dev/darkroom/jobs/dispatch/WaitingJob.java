package dev.darkroom.jobs.dispatch;

/** A row that waits to be handed out. */
record WaitingJob(String lane, JobEnvelope envelope) {}
