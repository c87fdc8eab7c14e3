/**
 * The schemas of all databases: brought up to date, and compared with where the configuration says that each logical shard is.
 * May use {@code shards}.
 */
@NullMarked
package dev.darkroom.shards.schema;

import org.jspecify.annotations.NullMarked;
