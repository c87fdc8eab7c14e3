/** The relay and the workers of a benchmark as processes of their own, and how far they have drained the ledger. */
@NullMarked
package dev.darkroom.ops.bench.drain;

import org.jspecify.annotations.NullMarked;
