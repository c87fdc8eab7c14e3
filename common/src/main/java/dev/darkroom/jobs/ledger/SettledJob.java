package dev.darkroom.jobs.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A job whose outcome has counted, in the transaction that made it count.
 *
 * @param fingerprint of the cause, if it failed for good or is tried again; null otherwise
 */
public record SettledJob(
        FinishedJob job,
        Settlement settlement,
        RowLinks links,
        @Nullable String fingerprint) {}
