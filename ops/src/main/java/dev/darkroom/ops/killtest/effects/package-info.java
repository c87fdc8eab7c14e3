/**
 * The jobs of the kill test and their effects, which are counted outside the ledger. May use {@code jobs}; knows nothing of who
 * enqueues or kills.
 */
@NullMarked
package dev.darkroom.ops.killtest.effects;

import org.jspecify.annotations.NullMarked;
