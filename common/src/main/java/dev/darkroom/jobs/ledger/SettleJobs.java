package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.CommitUnknownException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Settles outcomes in the ledger, many in one transaction. Every statement is fenced by the turn of the run; follow-ups,
 * writes and what listeners do are made only for rows that the fence let through, so settling the same outcome twice
 * changes nothing. Thread-safe.
 */
public final class SettleJobs {

    /** A database that stands still must not hold up for ever who settles: the outcome is unknown then, and said again. */
    private static final int LONGEST_SILENCE_MILLIS = 30_000;

    private final Ledger ledger;
    private final String worker;
    private final RandomGenerator random;
    private final List<SettlementListener> listeners;

    /**
     * @param worker who ran the jobs, as a person would look for it: host and process
     * @param listeners hear of what counts, in this order
     */
    public SettleJobs(Ledger ledger, String worker, RandomGenerator random, List<SettlementListener> listeners) {
        this.ledger = ledger;
        this.worker = worker;
        this.random = random;
        this.listeners = List.copyOf(listeners);
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
        AtomicReference<Map<Long, Settlement>> settlements = new AtomicReference<>(Map.of());
        try {
            return ledger.inTransaction(transaction -> {
                transaction.connection().setNetworkTimeout(Runnable::run, LONGEST_SILENCE_MILLIS);
                SettleBatch batch = new SettleBatch(transaction, jobs, worker, random);
                batch.settle();
                batch.tell(listeners);
                settlements.set(batch.settlements());
                return batch.settlements();
            });
        } catch (CommitUnknownException e) {
            throw new SettlementUnknownException(settlements.get(), e);
        }
    }

    /** The jobs of each turn, since a fence is one statement a turn. */
    static Map<Integer, List<FinishedJob>> byTurn(List<FinishedJob> jobs) {
        int first = jobs.isEmpty() ? 0 : jobs.get(0).turn();
        return jobs.stream().allMatch(job -> job.turn() == first)
                ? Map.of(first, jobs)
                : jobs.stream().collect(Collectors.groupingBy(FinishedJob::turn));
    }

    static Array ids(Connection connection, List<FinishedJob> jobs) throws SQLException {
        long[] ids = new long[jobs.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = jobs.get(i).id();
        }
        return connection.unwrap(PGConnection.class).createArrayOf("int8", ids);
    }
}
