package dev.darkroom.api.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer.
 *
 * @param data object, list or null; the key is there even when it is null
 */
public record Envelope<T>(Meta meta, @Nullable T data) {

    public record Meta(int code) {

        static final Meta OK = new Meta(200);
    }

    /** A list that pages; {@code pagination} is empty when nothing follows, by which every client stops. */
    public record Page<T>(Meta meta, List<T> data, Map<String, String> pagination) {}

    public static <T> Envelope<T> of(T data) {
        return new Envelope<>(Meta.OK, data);
    }

    /** The answer to what returns nothing, such as a DELETE. */
    public static Envelope<Void> ofNothing() {
        return new Envelope<>(Meta.OK, null);
    }

    public static <T> Page<T> page(List<T> data, Map<String, String> pagination) {
        return new Page<>(Meta.OK, data, pagination);
    }
}
