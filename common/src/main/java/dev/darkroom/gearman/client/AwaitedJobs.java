package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.JobFailedException;
import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.RemoteJobException;
import dev.darkroom.gearman.protocol.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The foreground jobs that one connection waits for, by handle. Several submissions of one unique key are one job with
 * one handle, and the job server sends each packet about it once for each of them, one right behind the other: the first
 * is told to all and the others are skipped. Lives on the event loop.
 */
final class AwaitedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedJobs.class);

    private final Map<String, Awaited> jobs = new HashMap<>();

    void add(JobHandle handle, ForegroundJob job) {
        jobs.computeIfAbsent(handle.value(), value -> new Awaited(handle)).add(job);
    }

    /** Takes a packet about a job; false where it is of another type. */
    boolean takes(Packet packet) {
        switch (packet.type()) {
            case WORK_DATA -> update(packet, JobUpdates::data);
            case WORK_WARNING -> update(packet, JobUpdates::warning);
            case WORK_STATUS -> progress(packet);
            case WORK_COMPLETE -> end(packet, (job, handle) -> job.complete(packet.payload()));
            case WORK_FAIL -> end(packet, (job, handle) -> job.fail(new JobFailedException(handle)));
            case WORK_EXCEPTION ->
                end(packet, (job, handle) -> job.fail(new RemoteJobException(handle, packet.payload())));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The connection is gone, and what comes of these jobs is told to nobody. */
    void fail(ConnectionLostException lost) {
        List<Awaited> all = new ArrayList<>(jobs.values());
        jobs.clear();
        all.forEach(awaited -> awaited.jobs.forEach(job -> job.fail(lost)));
    }

    private void update(Packet packet, BiConsumer<JobUpdates, byte[]> update) {
        Awaited awaited = find(packet);
        if (awaited != null && awaited.isFirstCopy()) {
            awaited.jobs.forEach(job -> job.update(updates -> update.accept(updates, packet.payload())));
        }
    }

    private void progress(Packet packet) {
        Awaited awaited = find(packet);
        if (awaited == null || !awaited.isFirstCopy()) {
            return;
        }
        try {
            long numerator = Long.parseLong(packet.text(1));
            long denominator = Long.parseLong(packet.text(2));
            awaited.jobs.forEach(job -> job.update(updates -> updates.progress(numerator, denominator)));
        } catch (NumberFormatException e) {
            // The job server passes on what the worker wrote, and others' jobs are not to suffer for it.
            LOG.warn("The worker of job {} reports progress that is no number, ignored: {}", awaited.handle, packet);
        }
    }

    private void end(Packet packet, BiConsumer<ForegroundJob, JobHandle> end) {
        Awaited awaited = jobs.remove(packet.handle());
        if (awaited != null) {
            awaited.jobs.forEach(job -> end.accept(job, awaited.handle));
        }
    }

    /** Not found: a further copy of the packet that ended the job. */
    private @Nullable Awaited find(Packet packet) {
        return jobs.get(packet.handle());
    }

    private static final class Awaited {

        private final JobHandle handle;
        private final List<ForegroundJob> jobs = new ArrayList<>(1);
        private int copiesOfEach;
        private int copiesSeen;

        Awaited(JobHandle handle) {
            this.handle = handle;
        }

        /** A job that nobody waits for any more is let go, but what the server sends for it still comes. */
        void add(ForegroundJob job) {
            jobs.removeIf(other -> other.result().isDone());
            jobs.add(job);
            copiesOfEach++;
        }

        boolean isFirstCopy() {
            boolean first = copiesSeen == 0;
            copiesSeen = (copiesSeen + 1) % copiesOfEach;
            return first;
        }
    }
}
