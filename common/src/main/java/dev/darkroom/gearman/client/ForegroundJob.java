package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.JobHandle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job whose result is waited for. Its futures are completed on the client's event loop, so what hangs on them must not
 * block. Thread-safe.
 */
public final class ForegroundJob {

    private static final Logger LOG = LoggerFactory.getLogger(ForegroundJob.class);

    private final CompletableFuture<JobHandle> handle = new CompletableFuture<>();
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private volatile JobUpdates updates;

    /** @param atEnd run once, when the result is there, failed or cancelled */
    @SuppressWarnings("FutureReturnValueIgnored") // Neither function fails.
    ForegroundJob(JobUpdates updates, Runnable atEnd) {
        this.updates = updates;
        result.whenComplete((bytes, failure) -> {
            this.updates = JobUpdates.NONE;
            atEnd.run();
        });
        handle.whenComplete((created, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            }
        });
    }

    /** Completed once the job server has the job; fails as {@link GearmanClient#submitBackground} does. */
    public CompletableFuture<JobHandle> handle() {
        return handle;
    }

    /**
     * The bytes of the job's WORK_COMPLETE. Fails as the handle does where that fails; with
     * {@link dev.darkroom.gearman.JobFailedException} where the job failed, which is a
     * {@link dev.darkroom.gearman.RemoteJobException} where its worker sent an exception; with
     * {@link dev.darkroom.gearman.ConnectionLostException} where the connection to its job server went (that server then
     * drops the job, unless it runs already or others wait for it); with
     * {@link dev.darkroom.gearman.ResultTimeoutException} where the caller's time-out passed. Cancelling it ends the
     * waiting and not the job.
     */
    public CompletableFuture<byte[]> result() {
        return result;
    }

    void complete(byte[] bytes) {
        result.complete(bytes);
    }

    void fail(GearmanException cause) {
        result.completeExceptionally(cause);
    }

    /** Tells of an update; whatever the caller's code throws ends here, or it would end the connection. */
    void update(Consumer<JobUpdates> update) {
        try {
            update.accept(updates);
        } catch (Throwable e) {
            LOG.error("What listens to the updates of job {} failed; the job goes on", this, e);
        }
    }

    /** The handle, as far as it is known. */
    @Override
    public String toString() {
        return handle.isDone() && !handle.isCompletedExceptionally()
                ? handle.join().toString()
                : "(no handle yet)";
    }
}
