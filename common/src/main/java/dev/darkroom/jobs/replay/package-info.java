/**
 * Replays of failed jobs, as people order, watch and steer them. An order lives in the directory database; each physical
 * database does its part. May use {@code jobs}, its ledger and its failures.
 */
@NullMarked
package dev.darkroom.jobs.replay;

import org.jspecify.annotations.NullMarked;
