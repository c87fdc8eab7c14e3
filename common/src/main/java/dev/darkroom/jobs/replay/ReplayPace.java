package dev.darkroom.jobs.replay;

/**
 * How fast and how carefully.
 *
 * @param rate jobs a second, over all databases; {@link #UNLIMITED} for as fast as it goes
 * @param canaryPercent how much of each cause is tried first, at least {@value #LEAST_CANARY} jobs of it; 0 for no canary
 * @param outstanding no more jobs are moved in a database while so many of the replay have not ended there: what is moved is
 *     not stopped by a pause any more
 */
public record ReplayPace(double rate, double canaryPercent, long outstanding) {

    public static final double UNLIMITED = 1_000_000_000;

    /** Of one failure in so few nothing is concluded. */
    public static final int LEAST_CANARY = 5;

    public static final ReplayPace DEFAULT = new ReplayPace(1_000, 1, 20_000);

    public ReplayPace {
        if (!(rate > 0 && rate <= UNLIMITED)) {
            throw new IllegalArgumentException("A replay's rate is above 0 and at most a billion a second: " + rate);
        }
        if (!(canaryPercent >= 0 && canaryPercent <= 100)) {
            throw new IllegalArgumentException("A canary is 0 to 100 percent: " + canaryPercent);
        }
        if (outstanding < 1) {
            throw new IllegalArgumentException("At least one job must be let run at a time: " + outstanding);
        }
    }
}
