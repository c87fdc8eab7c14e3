package dev.darkroom.gearman;

/**
 * A job ended without a result: its worker said so, or the job server gave it up because its workers vanished too often
 * or somebody cancelled it. The job server has forgotten the job.
 */
public class JobFailedException extends GearmanException {

    private final JobHandle handle;

    public JobFailedException(JobHandle handle) {
        this(handle, "Job " + handle + " failed");
    }

    JobFailedException(JobHandle handle, String message) {
        super(message);
        this.handle = handle;
    }

    /** The job that failed. */
    public final JobHandle handle() {
        return handle;
    }
}
