package dev.darkroom.gearman.client;

import dev.darkroom.gearman.protocol.Packet;

/**
 * What a job server knows of a unique key.
 *
 * @param known whether a job with this key waits or runs; a finished job is not known
 * @param running whether a worker has it
 * @param numerator progress as last reported by the worker, 0 if never
 * @param denominator 0 if never reported
 * @param waitingClients clients that wait for its result
 */
public record UniqueStatus(boolean known, boolean running, long numerator, long denominator, int waitingClients) {

    /** What an unknown key is answered with. */
    public static final UniqueStatus UNKNOWN = new UniqueStatus(false, false, 0, 0, 0);

    /** Reads a STATUS_RES_UNIQUE. gearmand puts the unique key first, where PROTOCOL promises the job's handle. */
    static UniqueStatus read(Packet packet) {
        JobStatus status = JobStatus.read(packet);
        return new UniqueStatus(
                status.known(),
                status.running(),
                status.numerator(),
                status.denominator(),
                Math.toIntExact(JobStatus.number(packet, 5)));
    }

    UniqueStatus orIfUnknown(UniqueStatus other) {
        return running || (known && !other.running) ? this : other;
    }
}
