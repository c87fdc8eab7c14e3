/**
 * Packets of the Gearman protocol and their incremental codec, for both directions. Strict: what the protocol does not
 * allow is a {@link dev.darkroom.gearman.ProtocolException}. Knows nothing of connections.
 */
@NullMarked
package dev.darkroom.gearman.protocol;

import org.jspecify.annotations.NullMarked;
