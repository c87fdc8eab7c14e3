package dev.darkroom.jobs.ledger;

/**
 * How many runs ended how, and how long handlers took in all.
 *
 * @param runMicros sum of the run times, in microseconds
 */
public record RunCounts(long done, long retried, long snoozed, long discarded, long failed, long runMicros) {

    public static final RunCounts ZERO = new RunCounts(0, 0, 0, 0, 0, 0);

    public long ended() {
        return done + retried + snoozed + discarded + failed;
    }

    /** One more run that was settled so. A superseded one is not counted: another run's outcome was. */
    public RunCounts plus(Settlement settlement, long micros) {
        return switch (settlement) {
            case DONE -> new RunCounts(done + 1, retried, snoozed, discarded, failed, runMicros + micros);
            case RETRIED -> new RunCounts(done, retried + 1, snoozed, discarded, failed, runMicros + micros);
            case SNOOZED -> new RunCounts(done, retried, snoozed + 1, discarded, failed, runMicros + micros);
            case DISCARDED -> new RunCounts(done, retried, snoozed, discarded + 1, failed, runMicros + micros);
            case FAILED -> new RunCounts(done, retried, snoozed, discarded, failed + 1, runMicros + micros);
            case SUPERSEDED -> this;
        };
    }
}
