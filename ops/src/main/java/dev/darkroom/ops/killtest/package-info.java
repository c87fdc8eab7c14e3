/**
 * The kill test: jobs at full load on the real platform, whose parts are killed and stopped at random moments, and a judge who
 * counts what became of every job outside the ledger. docs/kill-test.md says how to read it.
 */
@NullMarked
package dev.darkroom.ops.killtest;

import org.jspecify.annotations.NullMarked;
