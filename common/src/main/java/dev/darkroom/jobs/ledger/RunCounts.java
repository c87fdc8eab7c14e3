package dev.darkroom.jobs.ledger;

/**
 * How many runs ended how, and how long handlers took in all. A superseded run is not counted: another run's outcome was.
 *
 * @param runMicros sum of the run times, in microseconds
 */
public record RunCounts(long done, long retried, long snoozed, long discarded, long failed, long runMicros) {

    public static final RunCounts ZERO = new RunCounts(0, 0, 0, 0, 0, 0);

    public long ended() {
        return done + retried + snoozed + discarded + failed;
    }

    public RunCounts plus(RunCounts other) {
        return new RunCounts(
                done + other.done,
                retried + other.retried,
                snoozed + other.snoozed,
                discarded + other.discarded,
                failed + other.failed,
                runMicros + other.runMicros);
    }
}
