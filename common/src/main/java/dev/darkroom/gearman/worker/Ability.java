package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;

/**
 * A function that a worker announces.
 *
 * @param function its name
 * @param timeout after which the server takes a job of it away again; zero for never
 */
record Ability(String function, Duration timeout) {

    Ability {
        if (function.isEmpty() || function.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A function's name is not empty and holds no NUL: '" + function + "'");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A function's time-out is not negative: " + timeout);
        }
    }

    Packet announcement() {
        return timeout.isZero()
                ? Packet.request(PacketType.CAN_DO, function)
                : Packet.request(PacketType.CAN_DO_TIMEOUT, function, Long.toString(timeout.toMillis()));
    }
}
