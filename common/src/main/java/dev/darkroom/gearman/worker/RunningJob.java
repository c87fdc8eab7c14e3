package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.JobHandle;

/** The job that a {@link JobFunction} is doing. Thread-safe. What is sent once the function has ended is dropped. */
public final class RunningJob {

    private final GearmanWorker worker;
    private final AssignedJob job;

    RunningJob(GearmanWorker worker, AssignedJob job) {
        this.worker = worker;
        this.job = job;
    }

    /** As the client sent it. Not a copy. */
    public byte[] payload() {
        return job.payload();
    }

    public String function() {
        return job.function();
    }

    /** Empty where the client gave none. */
    public String uniqueKey() {
        return job.uniqueKey();
    }

    public JobHandle handle() {
        return job.handle();
    }

    /** As {@link GearmanWorker#sendData}. */
    public void sendData(byte[] part) {
        worker.sendData(job, part);
    }

    /** As {@link GearmanWorker#sendWarning}. */
    public void sendWarning(byte[] warning) {
        worker.sendWarning(job, warning);
    }

    /** As {@link GearmanWorker#sendProgress}. */
    public void sendProgress(long numerator, long denominator) {
        worker.sendProgress(job, numerator, denominator);
    }
}
