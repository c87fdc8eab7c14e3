package dev.darkroom.ops.killtest.faults;

import dev.darkroom.ops.killtest.parts.Role;

/**
 * Something done to a part.
 *
 * @param pid of the process that it was done to
 * @param from when it began, in milliseconds since 1970
 * @param to when the part was there again
 */
public record Fault(Type type, Role role, String part, long pid, long from, long to) {

    /** What was done. */
    public enum Type {
        /** {@code kill -9}. */
        KILL,
        /** {@code SIGSTOP}, and {@code SIGCONT} after longer than any lease. */
        STOP
    }

    public boolean overlaps(long begin, long end) {
        return from <= end && to >= begin;
    }
}
