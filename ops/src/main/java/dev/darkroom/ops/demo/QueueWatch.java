package dev.darkroom.ops.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.darkroom.clock.Pause;
import dev.darkroom.ops.pools.TypeFigures;
import dev.darkroom.ops.pools.TypeStatus;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.ops.terminal.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Watches the ledger until the jobs of a post and all that follows from it are done. One thread. */
public final class QueueWatch {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final Duration RESTART = Duration.ofMinutes(1);

    /** After so long without any job done somebody should look. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TypeFigures figures;
    private final Map<String, TypeStatus> before = new TreeMap<>();
    private final Map<String, Double> longestWait = new TreeMap<>();
    private Map<String, TypeStatus> now = Map.of();

    QueueWatch(TypeFigures figures) {
        this.figures = figures;
        before.putAll(read());
    }

    /**
     * What one type did meanwhile.
     *
     * @param done jobs finished; those counted last may still be missing, as processes report every few seconds
     * @param retried runs that ended in another attempt
     * @param failed jobs given up
     * @param longestWaitSeconds the longest that a job was seen to be due
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Done(long done, long retried, long failed, double longestWaitSeconds) {}

    /** Returns when no job of the types is due now or later. */
    void awaitEmpty(Progress.Bar bar) {
        long most = 0;
        long fewest = Long.MAX_VALUE;
        long lastProgress = System.nanoTime();
        for (long left = look(); left > 0; left = look()) {
            most = Math.max(most, left);
            bar.left(left, most);
            if (left != fewest) {
                fewest = left;
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                throw new OpsException(left + " jobs have not moved for " + PATIENCE.toMinutes()
                        + " minutes: see 'darkroom status' and the logs of the workers.");
            }
            pause();
        }
        bar.left(0, most);
    }

    /** By type: what was done since this watch began. */
    Map<String, Done> done() {
        Map<String, Done> done = new TreeMap<>();
        now.forEach((type, status) -> {
            TypeStatus first = before.get(type);
            done.put(
                    type,
                    new Done(
                            status.done() - (first == null ? 0 : first.done()),
                            status.retried() - (first == null ? 0 : first.retried()),
                            status.failed() - (first == null ? 0 : first.failed()),
                            longestWait.getOrDefault(type, 0.0)));
        });
        return done;
    }

    /** Looks once: remembers the waits, and returns how many jobs there are. */
    long look() {
        now = read();
        now.values().forEach(status -> longestWait.merge(status.type(), status.oldestWaitSeconds(), Math::max));
        return now.values().stream()
                .mapToLong(status -> status.depth() + status.later())
                .sum();
    }

    /** Waits for a database that is being started again. */
    private Map<String, TypeStatus> read() {
        long deadline = System.nanoTime() + RESTART.toNanos();
        while (true) {
            try {
                return readOnce();
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new OpsException("PostgreSQL does not answer: " + e.getMessage(), e);
                }
                pause();
            }
        }
    }

    private Map<String, TypeStatus> readOnce() throws SQLException {
        Map<String, TypeStatus> byType = new TreeMap<>();
        figures.read().stream().filter(QueueWatch::isOurs).forEach(status -> byType.put(status.type(), status));
        return byType;
    }

    private static boolean isOurs(TypeStatus status) {
        return status.type().startsWith("media.")
                || status.type().startsWith("feed.")
                || status.type().startsWith("follow.");
    }

    private static void pause() {
        try {
            Pause.SLEEP.pause(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException("Interrupted while waiting for the queues.", e);
        }
    }
}
