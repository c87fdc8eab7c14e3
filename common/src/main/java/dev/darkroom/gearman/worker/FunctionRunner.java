package dev.darkroom.gearman.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@link JobFunction}s on an executor and answers their jobs. Thread-safe. */
final class FunctionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionRunner.class);

    private final Map<String, JobFunction> functions;
    private final @Nullable Executor executor;
    private final Set<Thread> running = new HashSet<>();
    private volatile boolean closing;

    FunctionRunner(Map<String, JobFunction> functions, @Nullable Executor executor) {
        if (executor == null && !functions.isEmpty()) {
            throw new IllegalArgumentException("Functions need an executor to run on: " + functions.keySet());
        }
        this.functions = new ConcurrentHashMap<>(functions);
        this.executor = executor;
    }

    void put(String name, JobFunction function) {
        if (executor == null) {
            throw new IllegalStateException("This worker has no executor for a function to run on: " + name);
        }
        functions.put(name, function);
    }

    /** Keeps what is on its way to the function runnable: jobs of it may still come. */
    @Nullable
    JobFunction function(String name) {
        return functions.get(name);
    }

    void run(GearmanWorker worker, AssignedJob job, JobFunction function) {
        if (executor == null) {
            throw new IllegalStateException("A function runs without an executor: " + job.function());
        }
        executor.execute(() -> begin(worker, job, function));
    }

    /** Interrupts what runs and begins nothing more: the server gives those jobs to others when the connection closes. */
    synchronized void close() {
        closing = true;
        running.forEach(Thread::interrupt);
    }

    private void begin(GearmanWorker worker, AssignedJob job, JobFunction function) {
        Thread self = Thread.currentThread();
        if (!enter(self)) {
            return;
        }
        boolean ended = false;
        try {
            ended = execute(worker, job, function);
        } finally {
            if (leave(self) && !ended) {
                // An Error goes on to the executor's thread, but must not keep the worker's capacity.
                worker.fail(job);
            }
        }
    }

    /** False where the job is to be answered by nobody, or was not answered because of an Error. */
    private boolean execute(GearmanWorker worker, AssignedJob job, JobFunction function) {
        try {
            worker.complete(job, function.run(new RunningJob(worker, job)));
            return true;
        } catch (Exception e) {
            if (closing) {
                LOG.debug("Job {} was interrupted by the worker's end and goes to another", job, e);
                return false;
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("Job {} failed for good", job, e);
            worker.failWithException(job, e.toString().getBytes(UTF_8));
            return true;
        }
    }

    private synchronized boolean enter(Thread thread) {
        return !closing && running.add(thread);
    }

    /** False once the worker closes; then the interrupt that came with it must not reach the thread's next task. */
    private synchronized boolean leave(Thread thread) {
        running.remove(thread);
        if (closing) {
            Thread.interrupted();
        }
        return !closing;
    }
}
