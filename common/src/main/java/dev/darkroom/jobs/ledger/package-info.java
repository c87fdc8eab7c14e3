/**
 * The ledger: the tables of one physical database that remember every job until it is done, discarded or failed. May use
 * {@code jobs} and {@code jobs.breaker} only.
 */
@NullMarked
package dev.darkroom.jobs.ledger;

import org.jspecify.annotations.NullMarked;
