/**
 * From the ledger to Gearman: the relay that decides what goes out, and the gate through which an enqueuer may submit
 * directly. May use {@code jobs}, {@code jobs.ledger}, {@code jobs.breaker}, {@code jobs.limit} and {@code gearman}.
 */
@NullMarked
package dev.darkroom.jobs.dispatch;

import org.jspecify.annotations.NullMarked;
