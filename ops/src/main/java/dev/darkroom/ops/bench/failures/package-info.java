/** {@code bench failures}: very many failed jobs, grouped, shown and replayed. */
@NullMarked
package dev.darkroom.ops.bench.failures;

import org.jspecify.annotations.NullMarked;
