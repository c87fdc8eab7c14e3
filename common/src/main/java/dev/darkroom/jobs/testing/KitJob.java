package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobId;
import java.time.Instant;

/**
 * A job in the ledger of a {@link JobKit}.
 *
 * @param attempt how often it has failed
 * @param dueAt by the kit's clock
 * @param reason of its last failure; empty if it has not failed
 */
public record KitJob(JobId id, Job job, int attempt, Instant dueAt, String reason) {}
