package dev.darkroom.jobs;

/**
 * The number of a job, for its whole life: through retries, failure and replay.
 *
 * @param value ordered by the time of enqueueing within one database; its low {@value #DATABASE_BITS} bits are the number
 *     of the database whose ledger holds the job
 */
public record JobId(long value) {

    /** As many databases as there can be logical shards. */
    public static final int DATABASE_BITS = 13;

    public JobId {
        if (value <= 0) {
            throw new IllegalArgumentException("A job id is positive: " + value);
        }
    }

    /** Number of the physical database whose ledger holds this job. */
    public int database() {
        return (int) (value & ((1L << DATABASE_BITS) - 1));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
