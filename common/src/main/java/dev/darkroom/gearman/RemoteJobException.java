package dev.darkroom.gearman;

/** A job failed, and its worker sent along why: a WORK_EXCEPTION. What its bytes mean is between client and worker. */
public final class RemoteJobException extends JobFailedException {

    private final byte[] data;

    public RemoteJobException(JobHandle handle, byte[] data) {
        super(handle, "The worker of job " + handle + " reported an exception of " + data.length + " bytes");
        this.data = data;
    }

    /** The worker's bytes. Not a copy. */
    public byte[] data() {
        return data;
    }
}
