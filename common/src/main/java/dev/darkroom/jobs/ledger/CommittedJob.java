package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;

/** A job whose row has been committed, with all that is needed to hand it to Gearman. */
public record CommittedJob(long id, int turn, int attempt, JobType<?> type, Priority priority, byte[] arguments) {}
