/** The group of the benchmarks, each beside a reference measured in the same run; each lies in a package of its own. */
@NullMarked
package dev.darkroom.ops.bench;

import org.jspecify.annotations.NullMarked;
