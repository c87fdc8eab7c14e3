/**
 * The Gearman protocol: packets and their incremental codec, a pipelined client, a worker with many jobs at once, and
 * the text administration protocol. Knows nothing of the job ledger or of photos; may use {@code clock} and
 * {@code telemetry}.
 */
@NullMarked
package dev.darkroom.gearman;

import org.jspecify.annotations.NullMarked;
