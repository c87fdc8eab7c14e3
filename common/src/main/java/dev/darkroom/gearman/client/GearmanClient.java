package dev.darkroom.gearman.client;

import dev.darkroom.gearman.AnswerTimeoutException;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ResultTimeoutException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.ServerErrorException;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.LinkBuilder;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.ServerLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Submits jobs to job servers, pipelined: requests of all threads share one connection per server and leave with one
 * flush per event-loop turn. Thread-safe. Futures are completed on the event loop, so what hangs on them must not
 * block. Connects at once and again until closed; closing fails what is unanswered.
 *
 * <p>With several servers a submission goes to the one that its unique key stands for, so that every client that names
 * the servers alike sends equal keys to the same server, which coalesces them. Its keys move while a server is away and
 * return step by step when it is back. Submissions without a key go round.
 */
public final class GearmanClient implements AutoCloseable {

    private final ClientSettings settings;
    private final RequestFactory requests;
    private final InFlight inFlight;
    private final Semaphore awaitable;
    private final Pipeline pipeline;
    private final LinkSet links;

    private GearmanClient(ClientSettings settings) {
        this.settings = settings;
        requests = new RequestFactory(settings);
        inFlight = new InFlight(settings.maxInFlight(), settings.maxBytesInFlight());
        awaitable = new Semaphore(settings.maxAwaitedJobs());
        pipeline = new Pipeline(settings, inFlight);
        links = pipeline.links();
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Submits a background job. Never blocks.
     *
     * @return the job's handle; or fails with {@link TooManyInFlightException} or {@link NotConnectedException} (not
     *     sent), {@link ServerErrorException} (refused), {@link AnswerTimeoutException} or
     *     {@link ConnectionLostException} (unknown)
     */
    public CompletableFuture<JobHandle> submitBackground(Submission submission) {
        return send(requests.background(submission));
    }

    /**
     * Submits many background jobs by one call, which costs less than one by one. Never blocks. They leave in this order.
     *
     * @param listener hears of each, of those for which there is no room before this returns
     */
    public void submitBackground(List<Submission> submissions, SubmissionListener listener) {
        List<Request> accepted = new ArrayList<>(submissions.size());
        for (int i = 0; i < submissions.size(); i++) {
            Request request = requests.background(submissions.get(i), listener, i);
            if (inFlight.tryTake(request.payload())) {
                accepted.add(request);
            } else {
                request.fail(tooMany());
            }
        }
        pipeline.enqueue(accepted);
    }

    /**
     * As {@link #submitBackground(Submission)}, but waits while too many submissions are in flight, until the client is closed.
     *
     * @throws IllegalStateException where it would have to wait on the client's own event loop, which alone could end
     *     the waiting
     */
    public CompletableFuture<JobHandle> submitBackgroundWaiting(Submission submission) throws InterruptedException {
        int payload = submission.payload().length;
        if (!inFlight.tryTake(payload)) {
            if (pipeline.isOwnThread()) {
                throw new IllegalStateException("Waiting on the client's event loop would never end: " + inFlight);
            }
            if (!inFlight.take(payload)) {
                return CompletableFuture.failedFuture(pipeline.closed());
            }
        }
        return pipeline.enqueue(requests.background(submission));
    }

    /**
     * Submits a background job that no worker gets before a time. The protocol counts whole seconds: a fraction is
     * rounded up, and what is past is due at once. gearmand hands such a job out from then on but does not wake a worker
     * that sleeps. Fails as {@link #submitBackground(Submission)} does.
     *
     * @throws IllegalArgumentException where the priority is not {@link Priority#NORMAL}
     */
    public CompletableFuture<JobHandle> submitBackgroundAt(Submission submission, Instant due) {
        if (submission.priority() != Priority.NORMAL) {
            throw new IllegalArgumentException("A job for later has priority NORMAL, for which alone the protocol has a"
                    + " packet (SUBMIT_JOB_EPOCH), not " + submission.priority());
        }
        return send(requests.later(submission, due));
    }

    /** As {@link #submit(Submission, JobUpdates, Duration)}, hearing of the result only. */
    public ForegroundJob submit(Submission submission) {
        return submit(submission, JobUpdates.NONE, null);
    }

    /** As {@link #submit(Submission, JobUpdates, Duration)}, waiting for as long as it takes. */
    public ForegroundJob submit(Submission submission, JobUpdates updates) {
        return submit(submission, updates, null);
    }

    /**
     * Submits a job and waits for its result. Never blocks. The job server drops the job when the connection is lost
     * before a worker has it.
     *
     * <p>With gearmand 1.1.20 mind unique keys here: it drops a waiting job, too, that others submitted for the
     * background, once the last who waits for the result is gone; and who submits that key before a worker would have
     * had the job gets its handle and never a result. Set a time-out with it.
     *
     * @param resultTimeout from now; null for as long as it takes. It says nothing of the job server, and does not
     *     cancel the job
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It is the job's handle, which is returned with the job.
    public ForegroundJob submit(Submission submission, JobUpdates updates, @Nullable Duration resultTimeout) {
        if (resultTimeout != null && (resultTimeout.isNegative() || resultTimeout.isZero())) {
            throw new IllegalArgumentException("The time-out of a result must be positive: " + resultTimeout);
        }
        if (!awaitable.tryAcquire()) {
            ForegroundJob refused = new ForegroundJob(updates, () -> {});
            refused.handle()
                    .completeExceptionally(new TooManyInFlightException(settings.maxAwaitedJobs()
                            + " jobs' results are waited for, which is the limit; nothing was sent"));
            return refused;
        }
        ForegroundJob job = new ForegroundJob(updates, awaitable::release);
        if (resultTimeout != null) {
            pipeline.after(
                    resultTimeout,
                    job.result(),
                    () -> job.fail(new ResultTimeoutException(
                            "No result of job " + job + " came within " + resultTimeout + "; the job goes on")));
        }
        FutureRequest<JobHandle> request = requests.foreground(submission, job);
        if (inFlight.tryTake(request.payload())) {
            pipeline.enqueue(request);
        } else {
            request.fail(tooMany());
        }
        return job;
    }

    /**
     * Asks the job server that gave this handle.
     *
     * @return what it knows; or fails as {@link #submitBackground(Submission)} does
     * @throws IllegalArgumentException where the handle is of none of this client's servers, or cannot be one of gearmand's
     */
    public CompletableFuture<JobStatus> status(JobHandle handle) {
        return send(requests.status(handle, link(handle.server())));
    }

    /**
     * Asks every connected job server for a unique key, whatever the function; a key that any of them knows is known. One
     * that was away is asked from its first answer on, unless there is no other. Fails as {@link #submitBackground(Submission)} does.
     *
     * @throws IllegalArgumentException where the key is longer than {@value Submission#MAX_UNIQUE_KEY_SIZE} bytes
     */
    public CompletableFuture<UniqueStatus> statusOfUnique(String uniqueKey) {
        Submission.requireUniqueKey(uniqueKey);
        List<ServerLink> connected =
                links.links().stream().filter(ServerLink::isConnected).toList();
        if (connected.isEmpty()) {
            return CompletableFuture.failedFuture(pipeline.noServer());
        }
        List<ServerLink> answering =
                connected.stream().filter(GearmanClient::isAnswering).toList();
        CompletableFuture<UniqueStatus> merged = CompletableFuture.completedFuture(UniqueStatus.UNKNOWN);
        for (ServerLink link : answering.isEmpty() ? connected : answering) {
            merged = merged.thenCombine(send(requests.statusOfUnique(uniqueKey, link)), UniqueStatus::orIfUnknown);
        }
        return merged;
    }

    /**
     * Asks a job server to send these bytes back.
     *
     * @return what came back; or fails as {@link #submitBackground(Submission)} does
     * @throws IllegalArgumentException where the server is none of this client's
     */
    public CompletableFuture<byte[]> echo(ServerAddress server, byte[] bytes) {
        return send(requests.echo(bytes, link(server)));
    }

    public boolean isConnected() {
        return links.links().stream().anyMatch(ServerLink::isConnected);
    }

    public Set<ServerAddress> connectedServers() {
        return links.connected();
    }

    /**
     * The connected servers but for those that were away and have not answered since: a server that stands still is
     * connected to, but never answers.
     */
    public Set<ServerAddress> answeringServers() {
        return links.links().stream()
                .filter(GearmanClient::isAnswering)
                .map(ServerLink::server)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isAnswering(ServerLink link) {
        return link.connection() instanceof ClientConnection connection && connection.isAnswering();
    }

    /** How long the last heartbeat of each connected server took that has answered one. */
    public Map<ServerAddress, Duration> roundTrips() {
        Map<ServerAddress, Duration> measured = new HashMap<>();
        for (ServerLink link : links.links()) {
            if (link.connection() instanceof ClientConnection connection) {
                Duration roundTrip = connection.roundTrip();
                if (roundTrip != null) {
                    measured.put(link.server(), roundTrip);
                }
            }
        }
        return measured;
    }

    /** Waits for the first connection; false where none came in time. */
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return links.awaitConnected(timeout);
    }

    /** How many requests wait for their answer. */
    public int inFlight() {
        return inFlight.requests();
    }

    /** Bytes of payload of the requests that wait for their answer. */
    public long bytesInFlight() {
        return inFlight.bytes();
    }

    /** How many foreground jobs' results are waited for. */
    public int awaitedJobs() {
        return settings.maxAwaitedJobs() - awaitable.availablePermits();
    }

    @Override
    public void close() {
        inFlight.close();
        pipeline.close();
    }

    private ServerLink link(ServerAddress server) {
        return links.links().stream()
                .filter(link -> link.server().equals(server))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(server + " is none of this client's job servers "
                        + settings.links().servers()));
    }

    private <T> CompletableFuture<T> send(FutureRequest<T> request) {
        return inFlight.tryTake(request.payload())
                ? pipeline.enqueue(request)
                : CompletableFuture.failedFuture(tooMany());
    }

    private TooManyInFlightException tooMany() {
        return new TooManyInFlightException(inFlight + "; nothing was sent");
    }

    /** Settings of a client. */
    public static final class Builder extends LinkBuilder<Builder> {

        private int maxInFlight = 8192;
        private long maxBytesInFlight = 64L * 1024 * 1024;
        private int maxAwaitedJobs = 65_536;
        private Duration heartbeat = Duration.ofSeconds(10);
        private Duration rampUp = Duration.ofSeconds(10);
        private ConnectionListener listener = ConnectionListener.NONE;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** How many requests may wait for their answer at once. Default 8192; at most 16,777,215. */
        public Builder maxInFlight(int requests) {
            if (requests < 1 || requests > InFlight.MOST_REQUESTS) {
                throw new IllegalArgumentException("At least one request must be allowed in flight and at most "
                        + InFlight.MOST_REQUESTS + ": " + requests);
            }
            maxInFlight = requests;
            return this;
        }

        /**
         * How many bytes the payloads of the requests may have that wait for their answer. A request is let through as long
         * as this is not reached, so that a payload of any size comes through: what is in flight exceeds it by one payload
         * at most. Default 64 MiB; at most 509 GiB.
         */
        public Builder maxBytesInFlight(long bytes) {
            if (bytes < 1 || bytes > InFlight.MOST_BYTES) {
                throw new IllegalArgumentException("At least one byte must be allowed in flight and at most "
                        + InFlight.MOST_BYTES + ": " + bytes);
            }
            maxBytesInFlight = bytes;
            return this;
        }

        /** How many foreground jobs' results may be waited for at once; beyond it submissions are refused. Default 65,536. */
        public Builder maxAwaitedJobs(int jobs) {
            if (jobs < 1) {
                throw new IllegalArgumentException("At least one job must be allowed to be waited for: " + jobs);
            }
            maxAwaitedJobs = jobs;
            return this;
        }

        /**
         * How often each connection asks its server for a sign of life, which has the answer time-out to come: after the sum
         * of both a connection that leads nowhere is given up, and connected anew. Default 10 s.
         */
        public Builder heartbeat(Duration interval) {
            if (interval.isZero() || interval.isNegative()) {
                throw new IllegalArgumentException("The heartbeat's interval must be positive: " + interval);
            }
            heartbeat = interval;
            return this;
        }

        /**
         * How long a server that was away takes, counted from its first answer, to get all of its keys back, one after the
         * other; zero for at once. Does not matter while no other server is connected. Default 10 s.
         */
        public Builder rampUp(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("The ramp-up cannot be negative: " + time);
            }
            rampUp = time;
            return this;
        }

        public Builder listener(ConnectionListener value) {
            listener = value;
            return this;
        }

        /** Starts to connect and returns at once. */
        public GearmanClient build() {
            return new GearmanClient(new ClientSettings(
                    settings(),
                    sharedLoops(),
                    maxInFlight,
                    maxBytesInFlight,
                    maxAwaitedJobs,
                    heartbeat,
                    rampUp,
                    listener));
        }
    }
}
