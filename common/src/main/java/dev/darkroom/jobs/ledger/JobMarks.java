package dev.darkroom.jobs.ledger;

/**
 * The marks of one job.
 *
 * @param bits the sum of the {@link Mark#bit bits}, as in the column {@code marks}
 */
public record JobMarks(int bits) {

    public static final JobMarks NONE = new JobMarks(0);

    public static JobMarks ofBits(int bits) {
        return bits == 0 ? NONE : new JobMarks(bits);
    }

    public boolean has(Mark mark) {
        return (bits & mark.bit()) != 0;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public JobMarks with(Mark mark) {
        return new JobMarks(bits | mark.bit());
    }
}
