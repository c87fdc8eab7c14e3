package dev.darkroom.shards;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is read over one connection, each statement on its own. The handle must not be kept. */
@FunctionalInterface
public interface DatabaseRead<T extends @Nullable Object> {

    T read(Handle handle);
}
