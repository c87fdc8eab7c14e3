package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.JobReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Collects a worker's jobs so that a test can wait for them. */
public final class ReceivedJobs implements JobReceiver {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<AssignedJob> jobs = new LinkedBlockingQueue<>();

    @Override
    public void receive(AssignedJob job) {
        jobs.add(job);
    }

    /** The next job; fails where none comes. */
    public AssignedJob next() throws InterruptedException {
        AssignedJob job = jobs.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(job).as("a job within %s", PATIENCE).isNotNull();
        return job;
    }

    /** The next jobs, in order of arrival. */
    public List<AssignedJob> next(int count) throws InterruptedException {
        List<AssignedJob> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(next());
        }
        return taken;
    }

    /** What has arrived and was not taken. */
    public List<AssignedJob> waiting() {
        return List.copyOf(jobs);
    }
}
