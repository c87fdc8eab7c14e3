package dev.darkroom.api.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** For how long a part has been as the checks found it, counted from the first check that did. Thread-safe. */
final class Since {

    private final AtomicReference<State> last = new AtomicReference<>(new State(false, System.nanoTime()));

    private record State(boolean reachable, long since) {}

    /** Notes what a check has found, and says for how long it has been so. */
    Duration seen(boolean reachable) {
        long now = System.nanoTime();
        State state = last.updateAndGet(before -> before.reachable() == reachable ? before : new State(reachable, now));
        return Duration.ofNanos(Math.max(0, now - state.since()));
    }
}
