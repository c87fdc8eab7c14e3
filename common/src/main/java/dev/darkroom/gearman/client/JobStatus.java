package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.protocol.Packet;

/**
 * What a job server knows of a job.
 *
 * @param known whether the job waits or runs; a finished job is not known
 * @param running whether a worker has it
 * @param numerator progress as last reported by the worker, 0 if never
 * @param denominator 0 if never reported
 */
public record JobStatus(boolean known, boolean running, long numerator, long denominator) {

    /** What an unknown job is answered with. */
    public static final JobStatus UNKNOWN = new JobStatus(false, false, 0, 0);

    /** Reads a STATUS_RES, or the part of a STATUS_RES_UNIQUE that is alike. */
    static JobStatus read(Packet packet) {
        return new JobStatus(
                packet.text(1).equals("1"), packet.text(2).equals("1"), number(packet, 3), number(packet, 4));
    }

    static long number(Packet packet, int index) {
        try {
            return Long.parseLong(packet.text(index));
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a number in " + packet);
        }
    }
}
