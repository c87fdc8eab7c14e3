package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;

/**
 * A function that a worker announces.
 *
 * @param function its name
 * @param timeout after which the server takes a job of it away again, in whole milliseconds; zero for never
 */
record Ability(String function, Duration timeout) {

    /** gearmand 1.1.20 silently makes a second of anything shorter. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** 2^31 - 1 milliseconds, nearly 25 days: what a job server that reads a C int understands. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    Ability {
        if (function.isEmpty() || function.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A function's name is not empty and holds no NUL: '" + function + "'");
        }
        if (!timeout.isZero() && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("A function's time-out is zero, for never, or lies between " + SHORTEST
                    + " and " + LONGEST + ", not " + timeout);
        }
        timeout = Duration.ofMillis(timeout.plusNanos(999_999).toMillis());
    }

    boolean isTimed() {
        return !timeout.isZero();
    }

    Packet announcement() {
        return isTimed()
                ? Packet.request(PacketType.CAN_DO_TIMEOUT, function, Long.toString(timeout.toMillis()))
                : Packet.request(PacketType.CAN_DO, function);
    }
}
