package dev.darkroom.shards;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is read of several logical shards that share a physical database: one statement for all of them if possible. */
@FunctionalInterface
public interface ShardsRead<T> {

    /** @param shards ascending, at least one */
    List<T> read(Handle handle, List<ShardId> shards);
}
