/** {@code bench waiting}: what changes with the number of jobs that wait, now or for later. */
@NullMarked
package dev.darkroom.ops.bench.waiting;

import org.jspecify.annotations.NullMarked;
