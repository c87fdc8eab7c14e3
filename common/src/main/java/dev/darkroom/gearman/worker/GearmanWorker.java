package dev.darkroom.gearman.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.LinkBuilder;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private final FunctionRunner runner;
    private final @Nullable JobReceiver receiver;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GearmanWorker(Builder builder) {
        builder.requireTakers();
        runner = new FunctionRunner(builder.functions, builder.executor);
        receiver = builder.receiver;
        core = new WorkerCore(builder, this::receive);
        core.links().connect();
    }

    public static Builder builder() {
        return new Builder();
    }

    private void receive(AssignedJob job) {
        JobFunction function = runner.function(job.function());
        if (function != null) {
            runner.run(this, job, function);
        } else if (receiver != null) {
            receiver.receive(job);
        } else {
            throw new IllegalStateException("Nobody takes jobs of " + job.function());
        }
    }

    /** The job is done; the server forgets it. */
    public void complete(AssignedJob job) {
        complete(job, NOTHING);
    }

    /** The job is done; a client that waits for it gets this result. */
    public void complete(AssignedJob job, byte[] result) {
        core.answer(job, answer(PacketType.WORK_COMPLETE, job, result));
    }

    /** All of these jobs are done. */
    public void complete(Collection<AssignedJob> jobs) {
        core.complete(List.copyOf(jobs));
    }

    /** The job failed for good: the server forgets it and gives it to nobody else. */
    public void fail(AssignedJob job) {
        core.answer(job, failure(job));
    }

    /**
     * The job failed for good, and this is why. It ends the job, on any job server, as {@link #fail} does: a client that
     * asked for exceptions gets these bytes, any other hears only that the job failed.
     */
    public void failWithException(AssignedJob job, byte[] exception) {
        core.answer(job, answer(PacketType.WORK_EXCEPTION, job, exception));
    }

    /**
     * Sends a part of the result to the clients that wait for it. Never blocks: what the server does not read yet is kept
     * in memory. Messages about one job leave in the order of these calls; what comes after the job's end, or after its
     * connection was lost, is dropped and reported to {@link WorkerListener#answerDropped}.
     */
    public void sendData(AssignedJob job, byte[] part) {
        core.tell(job, answer(PacketType.WORK_DATA, job, part));
    }

    /** As {@link #sendData}, but the clients get it as a warning. */
    public void sendWarning(AssignedJob job, byte[] warning) {
        core.tell(job, answer(PacketType.WORK_WARNING, job, warning));
    }

    /**
     * Says how far the job is, as a fraction, to the clients that wait and to whoever asks the server for its status.
     *
     * @param numerator 0 to 2^32 - 1, which is what gearmand can hold
     * @param denominator as the numerator; need not be larger
     */
    public void sendProgress(AssignedJob job, long numerator, long denominator) {
        core.tell(
                job,
                new Packet(
                        Magic.REQUEST,
                        PacketType.WORK_STATUS,
                        NOTHING,
                        job.rawHandle(),
                        progress(numerator),
                        progress(denominator)));
    }

    private static byte[] progress(long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("Progress is given in numbers from 0 to 2^32 - 1, not " + value);
        }
        return Long.toString(value).getBytes(ISO_8859_1);
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

    /** Announces a function, or takes its time-out back, on every connection. */
    public void addFunction(String function) {
        addFunction(function, Duration.ZERO);
    }

    /** Announces a function whose jobs run on the executor, or puts another in its place. */
    public void addFunction(String function, JobFunction what) {
        runner.put(function, what);
        addFunction(function);
    }

    /**
     * Announces a function whose jobs the server takes away again after this long, or changes its time-out; see
     * {@link Builder#function(String, Duration)}.
     */
    public void addFunction(String function, Duration timeout) {
        requireTaker(receiver, runner.function(function), function);
        Ability ability = new Ability(function, timeout);
        core.add(ability);
    }

    /**
     * Takes a function back. A connection that holds jobs of it grabs nothing until they are answered, and only then
     * tells its server: gearmand would give them to someone else at once.
     */
    public void removeFunction(String function) {
        core.remove(function);
    }

    /**
     * No more grabs, for good. Jobs on their way still reach the receiver; answers are still sent, but a lost connection
     * is not replaced.
     *
     * @return completed once no further job can come
     */
    public CompletableFuture<Void> quiet() {
        core.execute(core::quiet);
        return core.noMoreJobs().copy();
    }

    /**
     * As {@link #quiet}, for a stop that loses nothing: wait for this, then close.
     *
     * @return completed once no further job can come and every job held has been answered
     */
    public CompletableFuture<Void> drain() {
        core.execute(core::quiet);
        return core.drained().copy();
    }

    /**
     * Whether the thread that serves the connections still comes round: a callback that never returns holds up all of them.
     *
     * @return completed by that thread at its next turn
     */
    public CompletableFuture<Void> turn() {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        core.execute(() -> turned.complete(null));
        return turned;
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
     * Goes quiet, interrupts the {@link JobFunction}s that run, sends the answers given so far, and closes the connections;
     * takes up to some seconds where a server does not answer. The servers give jobs still held to other workers, and
     * count that as a death of this one ({@code --job-retries}): {@link #drain} first where that matters. Gearman has no
     * other way to give a job back. Not to be called from a callback. The executor is left to its owner.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            await(quiet());
            runner.close();
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

    WorkerCore core() {
        return core;
    }

    private static void requireTaker(@Nullable JobReceiver receiver, @Nullable JobFunction what, String function) {
        if (receiver == null && what == null) {
            throw new IllegalArgumentException("A worker without a receiver cannot take jobs of " + function);
        }
    }

    static Packet completion(AssignedJob job) {
        return answer(PacketType.WORK_COMPLETE, job, NOTHING);
    }

    static Packet failure(AssignedJob job) {
        return answer(PacketType.WORK_FAIL, job, NOTHING);
    }

    private static Packet answer(PacketType type, AssignedJob job, byte[] payload) {
        return new Packet(Magic.REQUEST, type, payload, job.rawHandle());
    }

    /** Settings of a worker. */
    public static final class Builder extends LinkBuilder<Builder> {

        final Map<String, Ability> abilities = new LinkedHashMap<>();
        final Map<String, JobFunction> functions = new HashMap<>();

        @Nullable
        Executor executor;

        Duration regrabInterval = Duration.ofSeconds(2);

        @Nullable
        JobReceiver receiver;

        GrabForm grabForm = GrabForm.GRAB_JOB_UNIQ;
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

        /**
         * A function to announce, and what to do for it, on the {@link #executor}.
         */
        public Builder function(String function, JobFunction what) {
            functions.put(function, what);
            return function(function);
        }

        /**
         * A function to announce; the server takes its jobs away again after this long and gives them to another worker.
         * An answer after that is refused, which {@link WorkerListener#serverError} hears as {@code JOB_NOT_FOUND}. A
         * worker with such a function holds one job per server at a time, whatever its capacity: gearmand 1.1.20 keeps
         * but one timer a connection, and hands out finished jobs again when it has more to do.
         *
         * @param timeout one second to 2^31 - 1 milliseconds, parts of a millisecond rounded up; zero means never
         */
        public Builder function(String function, Duration timeout) {
            abilities.put(function, new Ability(function, timeout));
            return this;
        }

        /**
         * Where {@link JobFunction}s run; required where there are any. It should have as many threads as the worker has
         * capacity; a job that it rejects fails.
         */
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /** Takes the jobs of functions that were given without a {@link JobFunction}; required where there are any. */
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

        /** How to ask for jobs. Default {@link GrabForm#GRAB_JOB_UNIQ}. */
        public Builder grabForm(GrabForm form) {
            grabForm = form;
            return this;
        }

        public Builder listener(WorkerListener value) {
            listener = value;
            return this;
        }

        private void requireTakers() {
            abilities.keySet().forEach(function -> requireTaker(receiver, functions.get(function), function));
        }

        /** Starts to connect and returns at once. */
        public GearmanWorker build() {
            return new GearmanWorker(this);
        }
    }
}
