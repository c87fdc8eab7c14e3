/**
 * The directory database, the physical databases with their logical shards, ids that carry their shard, migrations.
 * May use {@code jobs}.
 */
@NullMarked
package dev.darkroom.shards;

import org.jspecify.annotations.NullMarked;
