package dev.darkroom.shards;

import dev.darkroom.jobs.JobTransaction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is written in one transaction of a shard's database, jobs included. Handle and transaction share a connection and
 * must not be kept; whatever is thrown rolls both back.
 */
@FunctionalInterface
public interface ShardWrite<T extends @Nullable Object> {

    T write(Handle handle, JobTransaction transaction);
}
