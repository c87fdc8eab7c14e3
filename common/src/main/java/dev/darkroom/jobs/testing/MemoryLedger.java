package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.FlowFollowUp;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobLedger;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.Priority;
import dev.darkroom.jobs.TransactionWork;
import dev.darkroom.jobs.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ledger of a {@link JobKit}: rows in maps, a pinned clock, transactions that take effect at their end or not at all. */
final class MemoryLedger implements JobLedger {

    private static final Comparator<MemoryJob> IN_TURN =
            Comparator.comparing(MemoryJob::runAt).thenComparing(MemoryJob::id);

    private static final Comparator<MemoryJob> MOST_URGENT = Comparator.<MemoryJob, Priority>comparing(
                    job -> job.fixed().priority())
            .thenComparing(MemoryJob::id);

    private final JobTypes types;
    private final Supplier<Connection> connections;
    private final Map<Long, MemoryJob> waiting = new TreeMap<>();
    private final Map<Long, MemoryJob> failed = new TreeMap<>();
    private final Map<Long, MemoryFlow> flows = new TreeMap<>();
    private final MemoryKeys keys = new MemoryKeys();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long lastId;

    MemoryLedger(JobTypes types, Supplier<Connection> connections) {
        this.types = types;
        this.connections = connections;
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) {
        MemoryKeys before = keys.copy();
        MemoryTransaction transaction = new MemoryTransaction(this, types, connections);
        boolean committed = false;
        try {
            T result = work.run(transaction);
            transaction.gathered().forEach(job -> waiting.put(job.id(), job));
            flows.putAll(transaction.flows());
            committed = true;
            return result;
        } catch (SQLException e) {
            throw new JobException("The transaction failed: " + e.getMessage(), e);
        } finally {
            if (!committed) {
                keys.becomeAs(before);
            }
        }
    }

    Instant now() {
        return now;
    }

    void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock of a database does not go back: " + by);
        }
        now = now.plus(by);
    }

    long nextId() {
        lastId++;
        return lastId;
    }

    MemoryKeys keys() {
        return keys;
    }

    @Nullable
    MemoryJob nextDue() {
        return waiting.values().stream()
                .filter(job -> !job.runAt().isAfter(now))
                .min(MOST_URGENT)
                .orElse(null);
    }

    List<MemoryJob> waiting() {
        return waiting.values().stream().sorted(IN_TURN).toList();
    }

    List<MemoryJob> failed() {
        return new ArrayList<>(failed.values());
    }

    /** Its run begins. */
    void begin(MemoryJob job) {
        keys.release(job.id(), UniqueKey.Scope.WHILE_WAITING);
    }

    /** It is there no longer. */
    void end(MemoryJob job) {
        waiting.remove(job.id());
        keys.release(job.id(), UniqueKey.Scope.WHILE_WAITING);
        keys.release(job.id(), UniqueKey.Scope.UNTIL_DONE);
    }

    /** Tells its flow how it has ended; with the last job of a flow what follows is enqueued. */
    void count(MemoryJob job, KitRun.Result end) {
        Long id = job.fixed().flow();
        MemoryFlow flow = id == null ? null : flows.get(id);
        if (id == null || flow == null) {
            return;
        }
        MemoryFlow counted = flow.plus(end);
        flows.put(id, counted);
        FlowFollowUp followUp = counted.followUp();
        if (counted.hasEnded() && followUp != null) {
            inTransaction(transaction -> transaction.enqueue(followUp.ended(counted.counts())));
        }
    }

    void putBack(MemoryJob job) {
        waiting.put(job.id(), job);
    }

    void fail(MemoryJob job) {
        end(job);
        failed.put(job.id(), job);
    }
}
