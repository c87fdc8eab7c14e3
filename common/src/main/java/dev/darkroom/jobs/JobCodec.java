package dev.darkroom.jobs;

/**
 * Turns the arguments of one job type into bytes and back. What it wrote once it must read for as long as such a job may
 * wait in a ledger; golden files hold it to that. Thread-safe.
 */
public interface JobCodec<J extends Job> {

    byte[] encode(J job);

    /**
     * @throws UnreadableJobException if the bytes are not what {@link #encode} writes; the job then fails for good at once
     */
    J decode(byte[] arguments);

    /** The same with sensitive values readable: for golden files only. */
    default JobCodec<J> inTheClear() {
        return this;
    }
}
