package dev.darkroom.ops.killtest;

import dev.darkroom.ops.killtest.judge.Verdict;
import dev.darkroom.ops.killtest.parts.Role;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints what a kill test came to. */
final class KillTestPrinter {

    private final PrintWriter out;

    KillTestPrinter(PrintWriter out) {
        this.out = out;
    }

    /** One object with the counts and nothing else; {@link #table} tells the rest. */
    void json(KillTestReport report) {
        Verdict verdict = report.verdict();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("committed", verdict.committed());
        counts.put("done", verdict.done());
        counts.put("failed", verdict.failed());
        counts.put("lost", verdict.lost());
        counts.put("invented", verdict.invented());
        counts.put("run_twice", verdict.runTwice());
        counts.put("double_effects", verdict.doubleEffects());
        counts.put("kills", (long) report.faults().kills());
        out.println(Json.text(counts));
        out.flush();
    }

    void table(KillTestReport report) {
        Verdict verdict = report.verdict();
        out.println(report.servers());
        out.println();
        TextTable jobs = new TextTable("jobs", "")
                .row("committed", number(verdict.committed()))
                .row("done", number(verdict.done()))
                .row("failed for their own reason", number(verdict.failed()))
                .row("failed for another", number(verdict.failedOtherwise()))
                .row("lost", number(verdict.lost()))
                .row("invented", number(verdict.invented()))
                .row("effects more than once", number(verdict.doubleEffects()))
                .row("second runs", number(verdict.runTwice()));
        verdict.causes().forEach((cause, count) -> jobs.row("  after a " + cause, number(count)));
        jobs.row("  unexplained", number(verdict.unexplained()));
        print(jobs);
        TextTable transactions = new TextTable("transactions", "");
        verdict.answers().forEach((answer, count) -> transactions.row(answer, number(count)));
        print(transactions);
        TextTable faults = new TextTable("part", "kills", "stops");
        for (Role role : Role.values()) {
            faults.row(role, report.faults().kills(role), report.faults().stops(role));
        }
        print(faults);
        out.printf(
                Locale.ROOT,
                "%s in %.0f s, seed %d%n",
                result(report),
                report.seconds(),
                report.options().seed());
        out.flush();
    }

    private static String result(KillTestReport report) {
        return report.isRight() ? "every job is accounted for" : "NOT every promise was kept";
    }

    private void print(TextTable table) {
        table.lines().forEach(out::println);
        out.println();
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
