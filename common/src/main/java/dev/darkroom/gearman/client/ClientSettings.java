package dev.darkroom.gearman.client;

import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.EventLoops;
import dev.darkroom.gearman.connection.LinkSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client behaves; what each means is said where {@link GearmanClient.Builder} sets it.
 *
 * @param links what it shares with a worker
 * @param sharedLoops null for a thread of its own
 * @param maxInFlight requests
 * @param maxBytesInFlight bytes of payload
 * @param maxAwaitedJobs foreground jobs
 */
record ClientSettings(
        LinkSettings links,
        @Nullable EventLoops sharedLoops,
        int maxInFlight,
        long maxBytesInFlight,
        int maxAwaitedJobs,
        Duration heartbeat,
        Duration rampUp,
        ConnectionListener listener) {

    /** When an answer to a request made now is late, by {@link System#nanoTime()}. */
    long deadline() {
        return System.nanoTime() + links.answerTimeout().toNanos();
    }
}
