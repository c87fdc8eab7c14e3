package dev.darkroom.gearman.client;

import dev.darkroom.gearman.Priority;
import io.netty.buffer.ByteBufUtil;

/**
 * A job to hand to a job server.
 *
 * @param function what workers announce; not empty, no NUL
 * @param uniqueKey while a job of the same function and key waits or runs, the server answers with that job and drops
 *     this one; empty means never; at most {@value #MAX_UNIQUE_KEY_SIZE} bytes of UTF-8, no NUL
 * @param payload opaque; kept, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Payloads are compared by nobody and may be large: no copy, no list.
public record Submission(String function, String uniqueKey, byte[] payload, Priority priority) {

    /**
     * gearmand refuses more than 64 bytes, and with exactly 64 it goes wrong: no coalescing, a NUL before the payload,
     * a closed connection where the status is asked (seen with 1.1.20).
     */
    public static final int MAX_UNIQUE_KEY_SIZE = 63;

    public Submission {
        if (function.isEmpty() || function.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A function's name is not empty and holds no NUL: '" + function + "'");
        }
        requireUniqueKey(uniqueKey);
    }

    /** A submission of normal priority. */
    public Submission(String function, String uniqueKey, byte[] payload) {
        this(function, uniqueKey, payload, Priority.NORMAL);
    }

    /** @throws IllegalArgumentException where gearmand would get into trouble with this key */
    static String requireUniqueKey(String key) {
        if (key.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A unique key holds no NUL: '" + key + "'");
        }
        int size = ByteBufUtil.utf8Bytes(key);
        if (size > MAX_UNIQUE_KEY_SIZE) {
            throw new IllegalArgumentException("A unique key has at most " + MAX_UNIQUE_KEY_SIZE + " bytes, this one "
                    + size + ": gearmand refuses more than 64, takes 64 but neither coalesces nor finds such jobs, and"
                    + " closes the connection when asked for one: '" + key + "'");
        }
        return key;
    }
}
