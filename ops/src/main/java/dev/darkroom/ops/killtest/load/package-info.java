/**
 * The processes that the kill test kills: producers, relays and workers on the real job platform, and the remote service that
 * counts its calls. May use {@code jobs}, {@code killtest.effects} and {@code killtest.sabotage}; knows nothing of who kills it.
 */
@NullMarked
package dev.darkroom.ops.killtest.load;

import org.jspecify.annotations.NullMarked;
