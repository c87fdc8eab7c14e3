/**
 * A process that does jobs: takes them from Gearman, runs their handlers, settles the outcomes in the ledger, and only then
 * acknowledges. May use {@code jobs}, {@code jobs.ledger}, {@code jobs.dispatch} and {@code gearman}.
 */
@NullMarked
package dev.darkroom.jobs.run;

import org.jspecify.annotations.NullMarked;
