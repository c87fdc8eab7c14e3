package dev.darkroom.ops.replay;

import dev.darkroom.jobs.replay.Replay;
import dev.darkroom.jobs.replay.ReplayPace;
import dev.darkroom.jobs.replay.ReplayProgress;
import dev.darkroom.jobs.replay.ReplayedJob;
import dev.darkroom.ops.failures.FailureLines;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replays as people and programs read them. */
final class ReplayLines {

    private ReplayLines() {}

    static String filter(Replay replay) {
        return FailureLines.filter(replay.order().filter());
    }

    static String rate(Replay replay) {
        double rate = replay.order().rate();
        return rate >= ReplayPace.UNLIMITED ? "no cap" : "at most %s a second".formatted(number(rate));
    }

    static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    static String aside(ReplayProgress progress) {
        return "%d done, %d failed again, %d waiting".formatted(progress.done(), progress.failed(), progress.waiting());
    }

    static Map<String, @Nullable Object> members(Replay replay) {
        ReplayProgress progress = replay.progress();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("replay", replay.id());
        members.put("state", replay.state().code());
        members.put("reason", replay.reason());
        members.put("filter", replay.order().filter().toMap());
        members.put("rate", replay.order().rate());
        members.put("canary_percent", replay.order().canaryPercent());
        members.put("by", replay.order().by());
        members.put("started_at", replay.order().at().toString());
        members.put("ended_at", text(replay.endedAt()));
        members.put("selected", progress.selected());
        members.put("left", progress.left());
        members.put("missing", progress.missing());
        members.put("moved", progress.moved());
        members.put("waiting", progress.waiting());
        members.put("done", progress.done());
        members.put("failed", progress.failed());
        members.put("discarded", progress.discarded());
        members.put("superseded", progress.superseded());
        return members;
    }

    static Map<String, @Nullable Object> members(ReplayedJob job) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("job", job.job());
        members.put("type", job.type());
        members.put("cause", job.cause());
        members.put("attempts_before", job.attempts());
        members.put("canary", job.canary());
        members.put("state", job.state());
        members.put("failed_with", job.fingerprint());
        return members;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
