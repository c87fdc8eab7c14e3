package dev.darkroom.ops.killtest.effects;

/**
 * The number of a job of the kill test, from which everything else about it follows, so that producers, workers and the judge
 * agree without asking each other.
 *
 * @param value 31 bits of the producer's number, 31 bits of a sequence, and a last bit that tells a follow-up
 */
public record JobKey(long value) {

    private static final int SEQUENCE_BITS = 31;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

    /** So often of a thousand; the rest is plain. */
    private static final int DOOMED = 2;

    private static final int RETRIED = DOOMED + 10;
    private static final int SNOOZED = RETRIED + 10;
    private static final int FOLLOWED = SNOOZED + 100;

    public static JobKey of(int producer, int sequence) {
        return new JobKey(((long) producer << (SEQUENCE_BITS + 1)) | ((long) sequence << 1));
    }

    public int producer() {
        return (int) (value >>> (SEQUENCE_BITS + 1));
    }

    public int sequence() {
        return (int) ((value >>> 1) & SEQUENCE_MASK);
    }

    public boolean isFollowUp() {
        return (value & 1) == 1;
    }

    public JobKey followUp() {
        return new JobKey(value | 1);
    }

    /** Half of all are rows, and a quarter each of the others. */
    public Kind kind() {
        return switch ((int) (mixed() >>> 40) & 3) {
            case 0 -> Kind.REDIS;
            case 1 -> Kind.CALL;
            default -> Kind.ROW;
        };
    }

    public Fate fate() {
        int draw = (int) Long.remainderUnsigned(mixed(), 1000);
        if (isFollowUp() || draw >= FOLLOWED) {
            return Fate.PLAIN;
        }
        if (draw < DOOMED) {
            return Fate.DOOMED;
        }
        if (draw < RETRIED) {
            return Fate.RETRIED;
        }
        return draw < SNOOZED ? Fate.SNOOZED : Fate.FOLLOWED;
    }

    /** Neighbours have nothing in common (the finalizer of SplitMix64). */
    private long mixed() {
        long bits = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }

    @Override
    public String toString() {
        return "producer " + producer() + " job " + sequence() + (isFollowUp() ? " (follow-up)" : "");
    }
}
