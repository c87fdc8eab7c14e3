/**
 * What becomes of the jobs that ran in a process that died: the recorder in which a process notes what it runs, who reads it
 * afterwards, and the report in the ledger. May use {@code jobs}, {@code jobs.ledger} and {@code jobs.dispatch}.
 */
@NullMarked
package dev.darkroom.jobs.death;

import org.jspecify.annotations.NullMarked;
