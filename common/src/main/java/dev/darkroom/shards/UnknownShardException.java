package dev.darkroom.shards;

/** An id or a number names a shard or a database that the configuration does not hold. */
public final class UnknownShardException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownShardException(String message) {
        super(message);
    }
}
