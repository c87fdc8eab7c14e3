package dev.darkroom.jobs;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The job types that a process knows, by name and by job class. Immutable. */
public final class JobTypes {

    private final Map<String, JobType<?>> byName = new HashMap<>();
    private final Map<Class<?>, JobType<?>> byClass = new HashMap<>();

    /** @throws IllegalArgumentException if two types share a name or a job class */
    public JobTypes(Collection<? extends JobType<?>> types) {
        for (JobType<?> type : types) {
            if (byName.putIfAbsent(type.name(), type) != null || byClass.putIfAbsent(type.jobClass(), type) != null) {
                throw new IllegalArgumentException("Two job types share a name or a class: " + type.name());
            }
        }
    }

    public static JobTypes of(JobType<?>... types) {
        return new JobTypes(List.of(types));
    }

    /** @throws UnknownJobTypeException if the job's class belongs to no known type */
    public <J extends Job> JobType<J> typeOf(J job) {
        JobType<?> type = byClass.get(job.getClass());
        if (type == null) {
            throw new UnknownJobTypeException(
                    "No job type is registered for " + job.getClass().getName());
        }
        @SuppressWarnings("unchecked")
        JobType<J> found = (JobType<J>) type;
        return found;
    }

    public Optional<JobType<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<JobType<?>> all() {
        return List.copyOf(byName.values());
    }
}
