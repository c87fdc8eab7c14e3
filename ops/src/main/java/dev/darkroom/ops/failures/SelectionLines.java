package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.FailureSelection;
import dev.darkroom.ops.terminal.Json;
import dev.darkroom.ops.terminal.TextTable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a filter selects, as a dry run shows it. */
public final class SelectionLines {

    private SelectionLines() {}

    /** The causes with their counts and a sample of each, and how many jobs in all. */
    public static void print(PrintWriter out, List<FailureSelection.Group> groups, boolean json) {
        long jobs = groups.stream().mapToLong(FailureSelection.Group::jobs).sum();
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("jobs", jobs);
            members.put("groups", groups.stream().map(SelectionLines::members).toList());
            out.println(Json.text(members));
            return;
        }
        TextTable table = new TextTable("group", "jobs", "type", "expired", "first", "last", "sample job", "sample")
                .text("type", "sample");
        for (FailureSelection.Group group : groups) {
            table.row(
                    group.fingerprint(),
                    group.jobs(),
                    group.type(),
                    group.expired(),
                    FailureLines.time(group.firstAt()),
                    FailureLines.time(group.lastAt()),
                    group.sample().id(),
                    FailureLines.message(
                            group.sample().error().errorClass(),
                            group.sample().error().message()));
        }
        table.lines().forEach(out::println);
        out.println(jobs + " jobs in all; nothing was changed.");
    }

    private static Map<String, Object> members(FailureSelection.Group group) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("fingerprint", group.fingerprint());
        members.put("type", group.type());
        members.put("jobs", group.jobs());
        members.put("expired", group.expired());
        members.put("first_at", group.firstAt().toString());
        members.put("last_at", group.lastAt().toString());
        members.put("sample", FailureLines.members(group.sample()));
        return members;
    }
}
