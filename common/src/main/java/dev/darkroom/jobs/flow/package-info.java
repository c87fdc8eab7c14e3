/**
 * Flows: jobs that belong together, counted as they end, with what follows when all have. May use {@code jobs},
 * {@code jobs.ledger} and, as a duty of the relay, {@code jobs.dispatch}.
 */
@NullMarked
package dev.darkroom.jobs.flow;

import org.jspecify.annotations.NullMarked;
