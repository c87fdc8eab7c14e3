/** Benchmarks, each beside a reference measured in the same run. */
@NullMarked
package dev.darkroom.ops.bench;

import org.jspecify.annotations.NullMarked;
