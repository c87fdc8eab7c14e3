package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Priority;
import java.time.Duration;

/** A job about to be written to the ledger. */
record JobRow(JobType<?> type, byte[] arguments, Priority priority, String lane, Duration delay, JobExtras extras) {}
