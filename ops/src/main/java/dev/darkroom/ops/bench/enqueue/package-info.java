/** {@code bench enqueue}: one job a transaction, beside pgbench. */
@NullMarked
package dev.darkroom.ops.bench.enqueue;

import org.jspecify.annotations.NullMarked;
