package dev.darkroom.api.limit;

/** Counts requests of an hour. Implementations are thread-safe and never fail a request because their counter is away. */
public interface RateLimit {

    /** Counts one request of the key and says where the key stands after it. */
    Standing count(String key);

    /** Where a key stands of which nothing is known. */
    Standing untouched();

    /**
     * Where a token or client stands.
     *
     * @param limit requests in any hour; {@link Integer#MAX_VALUE} stands for no limit
     * @param remaining requests left of the hour, never below 0
     * @param exceeded whether the counted request was one too many
     */
    record Standing(int limit, int remaining, boolean exceeded) {}
}
