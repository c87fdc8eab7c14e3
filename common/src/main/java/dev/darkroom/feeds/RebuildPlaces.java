package dev.darkroom.feeds;

import dev.darkroom.clock.Pause;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many feeds are rebuilt at once: in this process, and by all processes together, which count in Redis. Where Redis
 * does not answer the limit of the process is all there is. Thread-safe.
 */
final class RebuildPlaces {

    private static final Logger LOGGER = LoggerFactory.getLogger(RebuildPlaces.class);
    private static final List<Object> NAME = List.of("rebuilding");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Scripts node;
    private final Limits limits;
    private final Semaphore here;

    /**
     * How many and for how long.
     *
     * @param here at once in one process
     * @param together at once in all processes
     * @param patience for how long a reader waits for a place
     * @param life of a place whose taker does not give it back: longer than a rebuild takes
     */
    record Limits(int here, int together, Duration patience, Duration life) {

        static final Limits DEFAULT = new Limits(8, 16, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    /** @param node the same in all processes */
    RebuildPlaces(Scripts node, Limits limits) {
        this.node = node;
        this.limits = limits;
        this.here = new Semaphore(limits.here());
    }

    /**
     * Rebuilds when there is a place in this process and among all.
     *
     * @throws FeedsBusyException if there is none in time
     */
    <T> T amongAll(Supplier<T> rebuilding) {
        long deadline = System.nanoTime() + limits.patience().toNanos();
        return here(() -> {
            String taker = UUID.randomUUID().toString();
            boolean entered = enter(taker, deadline);
            try {
                return rebuilding.get();
            } finally {
                if (entered) {
                    leave(taker);
                }
            }
        });
    }

    /**
     * Rebuilds when there is a place in this process.
     *
     * @throws FeedsBusyException if there is none in time
     */
    <T> T here(Supplier<T> rebuilding) {
        try {
            if (!here.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            return rebuilding.get();
        } finally {
            here.release();
        }
    }

    /** Returns false where Redis does not answer. */
    private boolean enter(String taker, long deadline) {
        List<Object> arguments = List.of(
                taker,
                Integer.toString(limits.together()),
                Long.toString(limits.life().toMillis()));
        try {
            while (node.number(LuaScript.ENTER, NAME, arguments) == 0) {
                if (System.nanoTime() > deadline) {
                    throw busy();
                }
                Pause.SLEEP.pause(LOOK_AGAIN);
            }
            return true;
        } catch (RedisException e) {
            LOGGER.warn("Feeds are rebuilt within the limit of this process alone: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void leave(String taker) {
        try {
            node.number(LuaScript.LEAVE, NAME, List.of(taker));
        } catch (RedisException e) {
            LOGGER.debug("A place is given back only when its time is up", e);
        }
    }

    private static FeedsBusyException busy() {
        return new FeedsBusyException("Too many feeds are being rebuilt; try again in a moment");
    }

    private static FeedsBusyException interrupted() {
        Thread.currentThread().interrupt();
        return new FeedsBusyException("Stopped while waiting to rebuild a feed; try again");
    }
}
