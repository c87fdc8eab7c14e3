/**
 * Probes: one job of each type at a time that goes the whole way from the ledger to a worker and back and measures how long
 * that took, without its handler being called. May use {@code jobs.ledger} and {@code jobs.dispatch}.
 */
@NullMarked
package dev.darkroom.jobs.probe;

import org.jspecify.annotations.NullMarked;
