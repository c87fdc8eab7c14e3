package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.FlowCounts;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobTransaction;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewFlow;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.UniqueKey;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transaction of the ledger in memory: keys are taken at once, jobs are there at its end. */
final class MemoryTransaction implements JobTransaction {

    private final MemoryLedger ledger;
    private final JobTypes types;
    private final Supplier<Connection> connections;
    private final List<MemoryJob> gathered = new ArrayList<>();
    private final Map<Long, MemoryFlow> flows = new HashMap<>();

    MemoryTransaction(MemoryLedger ledger, JobTypes types, Supplier<Connection> connections) {
        this.ledger = ledger;
        this.types = types;
        this.connections = connections;
    }

    @Override
    public Connection connection() {
        return connections.get();
    }

    @Override
    public JobTypes types() {
        return types;
    }

    @Override
    public List<Enqueued> enqueue(Collection<NewJob> jobs) {
        List<Enqueued> results = new ArrayList<>();
        jobs.forEach(job -> results.add(enqueue(job.job(), job, null)));
        return results;
    }

    @Override
    public long enqueueFlow(NewFlow flow) {
        long id = ledger.nextId();
        long accepted = flow.jobs().stream()
                .filter(job -> enqueue(job.job(), job, id).accepted())
                .count();
        MemoryFlow begun = new MemoryFlow(flow.followUp(), new FlowCounts(accepted, 0, 0, 0));
        flows.put(id, begun);
        if (accepted == 0 && flow.followUp() != null) {
            enqueue(flow.followUp().ended(begun.counts()));
        }
        return id;
    }

    private <J extends Job> Enqueued enqueue(J job, NewJob order, @Nullable Long flow) {
        JobType<J> type = types.typeOf(job);
        UniqueKey<J> unique = type.uniqueKey();
        String key = unique == null ? null : unique.of(job);
        long id = ledger.nextId();
        if (unique == null || key == null) {
            gather(type, job, order, id, flow);
            return Enqueued.PLAIN;
        }
        long holder = ledger.keys().take(type.name(), key, unique, id, ledger.now());
        if (holder != id) {
            return Enqueued.duplicateOf(holder);
        }
        gather(type, job, order, id, flow);
        return Enqueued.accepted(id);
    }

    private <J extends Job> void gather(JobType<J> type, J job, NewJob order, long id, @Nullable Long flow) {
        Duration expiresAfter = order.expiresAfter() == null ? type.expiresAfter() : order.expiresAfter();
        Instant due = due(order);
        @Nullable Instant expiresAt = expiresAfter == null ? null : due.plus(expiresAfter);
        MemoryJob.Fixed fixed =
                new MemoryJob.Fixed(id, type.codec().encode(job), type.priorityOf(job), expiresAt, flow);
        gathered.add(new MemoryJob(type, fixed, 0, 0, due, ""));
    }

    private Instant due(NewJob order) {
        Instant at = order.at();
        if (at == null) {
            return ledger.now().plus(order.delay());
        }
        return at.isAfter(ledger.now()) ? at : ledger.now();
    }

    Map<Long, MemoryFlow> flows() {
        return flows;
    }

    List<MemoryJob> gathered() {
        return gathered;
    }
}
