/** {@code bench features}: what each feature of the platform costs a job. */
@NullMarked
package dev.darkroom.ops.bench.features;

import org.jspecify.annotations.NullMarked;
