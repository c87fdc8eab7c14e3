package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.FinishedJob;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which handler does which job type in this process. Immutable once the worker runs. */
public final class JobHandlers {

    private final Map<String, Entry<?>> byName = new TreeMap<>();

    record Entry<J extends Job>(JobType<J> type, JobHandler<J> handler) {}

    /** @throws IllegalArgumentException if the type has a handler already */
    public <J extends Job> JobHandlers add(JobType<J> type, JobHandler<J> handler) {
        if (byName.putIfAbsent(type.name(), new Entry<>(type, handler)) != null) {
            throw new IllegalArgumentException("The job type " + type + " has a handler already");
        }
        return this;
    }

    @Nullable
    Entry<?> named(String name) {
        return byName.get(name);
    }

    /** Runs the handler of one job in the calling thread, whatever it throws; empty if no handler does the type. */
    public Optional<FinishedJob> run(String type, JobEnvelope envelope) {
        return Optional.ofNullable(named(type)).map(entry -> RunJob.run(entry, envelope));
    }

    public Collection<String> names() {
        return List.copyOf(byName.keySet());
    }
}
