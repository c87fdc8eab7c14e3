package dev.darkroom.jobs.failures;

/**
 * How many attempts jobs had when they failed for good.
 *
 * @param least inclusive
 * @param most inclusive
 */
public record AttemptRange(int least, int most) {

    public static final AttemptRange ANY = new AttemptRange(0, Integer.MAX_VALUE);

    public AttemptRange {
        if (least < 0 || least > most) {
            throw new IllegalArgumentException("Attempts from " + least + " to " + most + " are none");
        }
    }
}
