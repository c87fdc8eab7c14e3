package dev.darkroom.ops.killtest;

import dev.darkroom.ops.killtest.faults.FaultLog;
import dev.darkroom.ops.killtest.judge.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a kill test came to.
 *
 * @param servers what was tested
 * @param seconds from the first job to the last
 * @param folder with the logs of all parts
 */
record KillTestReport(
        KillTestOptions options, String servers, Verdict verdict, FaultLog faults, double seconds, Path folder) {

    boolean isRight() {
        return complaints().isEmpty();
    }

    /** Why the test failed: one line each. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (verdict.committed() < options.jobs()) {
            complaints.add(
                    verdict.committed() + " jobs were committed, fewer than the " + options.jobs() + " asked for");
        }
        if (faults.kills() < options.kills()) {
            complaints.add(faults.kills() + " kills happened, fewer than the " + options.kills() + " asked for");
        }
        complain(complaints, verdict.lost(), "jobs are lost");
        complain(complaints, verdict.invented(), "effects or failures belong to no committed job");
        complain(complaints, verdict.doubleEffects(), "jobs had their effect more than once");
        complain(complaints, verdict.failedOtherwise(), "jobs failed for another reason than their own");
        complain(complaints, verdict.unexplained(), "second runs are explained by no kill and no stop");
        if (complaints.isEmpty() && !verdict.isRight()) {
            complaints.add("done and failed jobs do not add up to the committed ones");
        }
        complaints.addAll(faults.surprises());
        return complaints;
    }

    private static void complain(List<String> complaints, long count, String what) {
        if (count > 0) {
            complaints.add(count + " " + what);
        }
    }
}
