package dev.darkroom.ops.killtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.ops.killtest.judge.Verdict;
import dev.darkroom.ops.killtest.parts.Role;
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

    void json(KillTestReport report) {
        Verdict verdict = report.verdict();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("committed", verdict.committed());
        keys.put("done", verdict.done());
        keys.put("failed", verdict.failed());
        keys.put("lost", verdict.lost());
        keys.put("invented", verdict.invented());
        keys.put("run_twice", verdict.runTwice());
        keys.put("double_effects", verdict.doubleEffects());
        keys.put("kills", report.faults().kills());
        keys.put("stops", report.faults().stops());
        keys.put("unexplained", verdict.unexplained());
        keys.put("failed_otherwise", verdict.failedOtherwise());
        keys.put("run_twice_after", verdict.causes());
        keys.put("transactions", verdict.answers());
        keys.put("seconds", Math.round(report.seconds()));
        keys.put("seed", report.options().seed());
        keys.put("servers", report.servers());
        keys.put("complaints", report.complaints());
        try {
            out.println(JsonMapper.builder().build().writeValueAsString(keys));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Figures are plain numbers and text", e);
        }
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
