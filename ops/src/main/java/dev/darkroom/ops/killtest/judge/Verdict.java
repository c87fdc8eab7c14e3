package dev.darkroom.ops.killtest.judge;

import java.util.List;
import java.util.Map;

/**
 * What the judge found. Counts are of jobs.
 *
 * @param committed by transactions that were acknowledged, or unknown and found to have taken place; follow-ups included
 * @param done those with an effect
 * @param failed those in the failed table for their own reason
 * @param lost those with neither
 * @param invented effects and failures of jobs that were never committed, or that should have had none
 * @param runTwice runs of one turn beyond its first
 * @param unexplained those of them that no kill or stop accounts for
 * @param doubleEffects jobs whose effect came more than once
 * @param failedOtherwise jobs in the failed table for another reason than their own
 * @param answers transactions by what their producers learned of them
 * @param examples a few of whatever is wrong, for people
 */
public record Verdict(
        long committed,
        long done,
        long failed,
        long lost,
        long invented,
        long runTwice,
        long unexplained,
        long doubleEffects,
        long failedOtherwise,
        Map<String, Long> answers,
        Map<String, Long> causes,
        List<String> examples) {

    /** Whether every promise was kept. */
    public boolean isRight() {
        return lost == 0
                && invented == 0
                && doubleEffects == 0
                && unexplained == 0
                && failedOtherwise == 0
                && committed == done + failed;
    }
}
