package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.CommitUnknownException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Settles outcomes in the ledger, many in one transaction. Every statement is fenced by the turn of the run; follow-ups,
 * writes and what listeners do are made only for rows that the fence let through, so settling the same outcome twice
 * changes nothing. Thread-safe.
 */
public final class SettleJobs {

    /** A database that stands still must not hold up for ever who settles: the outcome is unknown then, and said again. */
    private static final int LONGEST_SILENCE_MILLIS = 30_000;

    private static final int SMALL_BATCH = 64;
    private static final long MEASURED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Ledger ledger;
    private final String worker;
    private final RandomGenerator random;
    private final List<SettlementListener> listeners;
    private final @Nullable DueTimes dueTimes;
    private final AtomicLong lastMeasured = new AtomicLong(System.nanoTime() - MEASURED_EVERY_NANOS);

    /** Tells nobody since when the jobs were due. */
    public SettleJobs(Ledger ledger, String worker, RandomGenerator random, List<SettlementListener> listeners) {
        this(ledger, worker, random, listeners, null);
    }

    /**
     * @param worker who ran the jobs, as a person would look for it: host and process
     * @param listeners hear of what counts, in this order
     * @param dueTimes is told after the commit, of small batches and ten times a second of a large one; null for nobody
     */
    public SettleJobs(
            Ledger ledger,
            String worker,
            RandomGenerator random,
            List<SettlementListener> listeners,
            @Nullable DueTimes dueTimes) {
        this.ledger = ledger;
        this.worker = worker;
        this.random = random;
        this.listeners = List.copyOf(listeners);
        this.dueTimes = dueTimes;
    }

    /**
     * Settles all or, if anything is thrown, none; only when the commit's outcome is unknown possibly all: call again with the
     * same jobs until it returns.
     *
     * @param jobs no job twice
     * @return what became of each job, by its id
     * @throws IllegalArgumentException if a job is there twice: of two runs only one may count
     * @throws SettlementUnknownException if the connection breaks during the commit
     * @throws dev.darkroom.jobs.JobException if the database refuses or cannot be reached
     */
    public Map<Long, Settlement> settle(List<FinishedJob> jobs) {
        boolean measured = isMeasured(jobs.size());
        AtomicReference<Map<Long, Settlement>> settlements = new AtomicReference<>(Map.of());
        try {
            SettleBatch settled = ledger.inTransaction(transaction -> {
                transaction.connection().setNetworkTimeout(Runnable::run, LONGEST_SILENCE_MILLIS);
                SettleBatch batch = new SettleBatch(transaction, jobs, worker, random, measured);
                batch.settle();
                batch.tell(listeners);
                settlements.set(batch.settlements());
                return batch;
            });
            if (dueTimes != null) {
                settled.tell(dueTimes);
            }
            return settled.settlements();
        } catch (CommitUnknownException e) {
            throw new SettlementUnknownException(Objects.requireNonNullElse(settlements.get(), Map.of()), e);
        }
    }

    /** Where many jobs end, some of them are enough, and asking for each would cost a tenth of its settling. */
    private boolean isMeasured(int jobs) {
        if (dueTimes == null || jobs <= SMALL_BATCH) {
            return dueTimes != null;
        }
        long now = System.nanoTime();
        long last = lastMeasured.get();
        return now - last >= MEASURED_EVERY_NANOS && lastMeasured.compareAndSet(last, now);
    }

    /** The jobs of each turn, since a fence is one statement a turn. */
    static Map<Integer, List<FinishedJob>> byTurn(List<FinishedJob> jobs) {
        int first = jobs.isEmpty() ? 0 : jobs.get(0).turn();
        for (FinishedJob job : jobs) {
            if (job.turn() != first) {
                return jobs.stream().collect(Collectors.groupingBy(FinishedJob::turn));
            }
        }
        return Map.of(first, jobs);
    }

    static Array ids(Connection connection, List<FinishedJob> jobs) throws SQLException {
        long[] ids = new long[jobs.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = jobs.get(i).id();
        }
        return connection.unwrap(PGConnection.class).createArrayOf("int8", ids);
    }
}
