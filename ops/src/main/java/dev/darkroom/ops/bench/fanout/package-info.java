/** {@code bench fanout}: a photo into the feeds of its author's followers, beside bare writes to Redis. */
@NullMarked
package dev.darkroom.ops.bench.fanout;

import org.jspecify.annotations.NullMarked;
