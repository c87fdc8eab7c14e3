/** {@code bench submit} and {@code bench handout}: the Gearman client and worker beside bare sockets. */
@NullMarked
package dev.darkroom.ops.bench.gearman;

import org.jspecify.annotations.NullMarked;
