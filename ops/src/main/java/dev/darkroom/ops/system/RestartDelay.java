package dev.darkroom.ops.system;

import java.time.Duration;

/** How long to wait before a part that died is started again: at once, unless it dies again and again. One thread. */
final class RestartDelay {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** A part that ran as long as this has recovered. */
    static final Duration HEALTHY = Duration.ofSeconds(20);

    private Duration next = Duration.ZERO;

    /** @param ran how long the part lived since its last start; zero when it did not become ready */
    Duration after(Duration ran) {
        Duration delay = ran.compareTo(HEALTHY) >= 0 ? Duration.ZERO : next;
        Duration doubled = delay.isZero() ? FIRST : delay.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return delay;
    }
}
