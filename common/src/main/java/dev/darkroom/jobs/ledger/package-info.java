/**
 * The ledger: the tables of one physical database that remember every job until it is done, discarded or failed. May use
 * {@code jobs} only.
 */
@NullMarked
package dev.darkroom.jobs.ledger;

import org.jspecify.annotations.NullMarked;
