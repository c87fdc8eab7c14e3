/**
 * The failed jobs of all ledgers: grouped by cause, listed, shown, exported, discarded. May use {@code jobs} and its ledger.
 */
@NullMarked
package dev.darkroom.jobs.failures;

import org.jspecify.annotations.NullMarked;
