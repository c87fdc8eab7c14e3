package dev.darkroom.gearman.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.LinkBuilder;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs from job servers, many at once: as many grabs are in flight as there is room for jobs, which is what makes
 * hand-out fast. Thread-safe. Connects at once and again until quiet or closed. A job whose connection is lost goes to
 * another worker; its answer is dropped and reported.
 */
public final class GearmanWorker implements AutoCloseable {

    private static final byte[] NOTHING = {};
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final WorkerCore core;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GearmanWorker(Builder builder) {
        core = new WorkerCore(builder);
        core.links().connect();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The job is done; the server forgets it. */
    public void complete(AssignedJob job) {
        complete(job, NOTHING);
    }

    /** The job is done; a client that waits for it gets this result. */
    public void complete(AssignedJob job, byte[] result) {
        core.offer(job, answer(PacketType.WORK_COMPLETE, job, result));
    }

    /** All of these jobs are done. */
    public void complete(Collection<AssignedJob> jobs) {
        jobs.forEach(this::complete);
    }

    /** The job failed for good: the server forgets it and gives it to nobody else. */
    public void fail(AssignedJob job) {
        core.offer(job, failure(job));
    }

    /**
     * How many jobs may be held, assigned and not yet answered, from now on. When lowered, jobs that were already asked
     * for may still come; zero pauses.
     */
    public void setCapacity(int jobs) {
        core.capacity().setLimit(jobs);
        core.execute(core::turn);
    }

    /** How many jobs are held. */
    public int held() {
        return core.capacity().held();
    }

    /** Announces a function, or changes its time-out, on every connection. */
    public void addFunction(String function) {
        addFunction(function, Duration.ZERO);
    }

    /** Announces a function whose jobs the server takes away again after this long. */
    public void addFunction(String function, Duration timeout) {
        Ability ability = new Ability(function, timeout);
        core.execute(() -> core.add(ability));
    }

    /**
     * Takes a function back. A connection that holds jobs of it grabs nothing until they are answered, and only then
     * tells its server: gearmand would give them to someone else at once.
     */
    public void removeFunction(String function) {
        core.execute(() -> core.remove(function));
    }

    /**
     * No more grabs, for good. Jobs on their way still reach the receiver; answers are still sent, but a lost connection
     * is not replaced.
     *
     * @return completed once no further job can come
     */
    public CompletableFuture<Void> quiet() {
        core.execute(core::quiet);
        return core.drained().copy();
    }

    public boolean isConnected() {
        return !connectedServers().isEmpty();
    }

    public Set<ServerAddress> connectedServers() {
        return core.links().connected();
    }

    /** Waits for the first connection; false where none came in time. */
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return core.links().awaitConnected(timeout);
    }

    /**
     * Goes quiet, sends the answers given so far, and closes the connections; takes up to some seconds where a server
     * does not answer. The servers give jobs still held to other workers, and count that as a death of this one. Not to
     * be called from a callback.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            await(quiet());
            core.execute(core::end);
            await(core.ended().copy());
        } finally {
            core.links().shutDown();
        }
    }

    private static void await(CompletableFuture<Void> future) {
        future.completeOnTimeout(null, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    static Packet failure(AssignedJob job) {
        return answer(PacketType.WORK_FAIL, job, NOTHING);
    }

    private static Packet answer(PacketType type, AssignedJob job, byte[] payload) {
        return new Packet(Magic.REQUEST, type, payload, job.handle().value().getBytes(ISO_8859_1));
    }

    /** Settings of a worker. */
    public static final class Builder extends LinkBuilder<Builder> {

        final Map<String, Ability> abilities = new LinkedHashMap<>();
        Duration regrabInterval = Duration.ofSeconds(2);

        @Nullable
        JobReceiver receiver;

        WorkerListener listener = WorkerListener.NONE;
        int capacity = 1;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** A function to announce, without time-out. */
        public Builder function(String function) {
            return function(function, Duration.ZERO);
        }

        /** A function to announce; the server takes its jobs away again after this long. Zero means never. */
        public Builder function(String function, Duration timeout) {
            abilities.put(function, new Ability(function, timeout));
            return this;
        }

        /** Takes the jobs. Required. */
        public Builder receiver(JobReceiver value) {
            receiver = value;
            return this;
        }

        /** How many jobs may be held at once. Default 1. */
        public Builder capacity(int jobs) {
            capacity = jobs;
            return this;
        }

        /** How long to sleep at most before asking again: gearmand does not wake for due delayed jobs. Default 2 s. */
        public Builder regrabInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("The interval between grabs must be positive: " + interval);
            }
            regrabInterval = interval;
            return this;
        }

        public Builder listener(WorkerListener value) {
            listener = value;
            return this;
        }

        /** Starts to connect and returns at once. */
        public GearmanWorker build() {
            return new GearmanWorker(this);
        }
    }
}
