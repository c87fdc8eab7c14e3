package dev.darkroom.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts what this process sends to PostgreSQL and waits for, as the driver notes it. For tests that run alone in their JVM. */
public final class RoundTrips implements AutoCloseable {

    /** What the driver notes when it has sent all of a round trip; of no other message. */
    private static final String SYNC = "FE=> Sync";

    // Held here, because the registry of loggers lets go of those that nobody holds.
    private final Logger logger = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private final AtomicInteger count = new AtomicInteger();
    private final Handler counter = new Handler() {
        @Override
        public void publish(LogRecord message) {
            if (String.valueOf(message.getMessage()).contains(SYNC)) {
                count.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private RoundTrips() {}

    /** Begins to count; until closed. */
    public static RoundTrips counted() {
        RoundTrips trips = new RoundTrips();
        trips.counter.setLevel(Level.ALL);
        trips.logger.setUseParentHandlers(false);
        trips.logger.addHandler(trips.counter);
        trips.logger.setLevel(Level.FINEST);
        return trips;
    }

    public int soFar() {
        return count.get();
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.removeHandler(counter);
        logger.setUseParentHandlers(true);
    }
}
