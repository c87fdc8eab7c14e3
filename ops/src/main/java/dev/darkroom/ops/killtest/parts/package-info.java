/**
 * The servers and processes of a kill test, each of which can be killed, stopped for a while and started again. May use {@code
 * embedded} and {@code killtest.load}.
 */
@NullMarked
package dev.darkroom.ops.killtest.parts;

import org.jspecify.annotations.NullMarked;
