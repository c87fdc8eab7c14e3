package dev.darkroom.ops.killtest;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.terminal.Progress;
import java.time.Duration;
import java.util.Optional;

/** Waits until nothing is left to do, or nothing happens any more. */
final class Quiescence {

    /** Longer than every lease, back-off and reconnection together. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(250);

    private Quiescence() {}

    /** Whether the ledger is empty; false if jobs are left and nothing moves. */
    static boolean await(LedgerWatch watch, Progress progress) throws InterruptedException {
        Optional<LedgerWatch.Depth> last = Optional.empty();
        long moved = System.nanoTime();
        long most = 1;
        try (Progress.Bar bar = progress.begin("coming to rest", most)) {
            while (System.nanoTime() - moved < PATIENCE.toNanos()) {
                Optional<LedgerWatch.Depth> now = watch.look();
                if (now.isPresent()) {
                    if (now.get().isEmpty()) {
                        return true;
                    }
                    if (!now.equals(last)) {
                        last = now;
                        moved = System.nanoTime();
                    }
                    long left = now.get().due() + now.get().later();
                    most = Math.max(most, left);
                    bar.left(left, most);
                }
                Pause.SLEEP.pause(LOOK);
            }
        }
        return false;
    }
}
