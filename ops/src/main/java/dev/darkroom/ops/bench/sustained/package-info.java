/**
 * {@code bench sustained}: whether full rate lasts, by samples over time, what became of them, and how they are
 * written and drawn.
 */
@NullMarked
package dev.darkroom.ops.bench.sustained;

import org.jspecify.annotations.NullMarked;
