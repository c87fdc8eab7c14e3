package dev.darkroom.jobs;

/**
 * How the jobs of a flow have ended. Each counts once, with its first end: what a replay makes of a failed one changes
 * nothing here.
 *
 * @param jobs all of them, as far as they have been added
 * @param done those done
 * @param discarded those no longer wanted
 * @param failed those that ran out of attempts
 */
public record FlowCounts(long jobs, long done, long discarded, long failed) {

    public long ended() {
        return done + discarded + failed;
    }
}
