/**
 * The processes of the benchmarks that drain for long or with chosen features: enqueuers, relay and workers, and how they tell
 * how far they are. What production always does, such as its fence, is taken away by what passes through a data source, so
 * that the platform needs no switch. May use {@code jobs} and {@code gearman}; knows nothing of who starts it.
 */
@NullMarked
package dev.darkroom.ops.bench.load;

import org.jspecify.annotations.NullMarked;
