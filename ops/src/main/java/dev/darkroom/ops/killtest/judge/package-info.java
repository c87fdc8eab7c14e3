/**
 * Compares what was promised with what has come to pass, from records that the platform knows nothing of. May use the other
 * packages of the kill test.
 */
@NullMarked
package dev.darkroom.ops.killtest.judge;

import org.jspecify.annotations.NullMarked;
