package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.FailedJob;
import dev.darkroom.jobs.failures.FailureDetail;
import dev.darkroom.jobs.failures.FailureFilter;
import dev.darkroom.jobs.failures.FailureGroup;
import dev.darkroom.jobs.sensitive.Masked;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Failed jobs as people and programs read them. */
public final class FailureLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int MESSAGE = 80;

    private FailureLines() {}

    /** In this machine's time zone, to the second. */
    public static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    /** On one line, cut where it is long; what would move the terminal's cursor is left out. */
    public static String message(String errorClass, String message) {
        String line = (simple(errorClass) + ": " + message).replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MESSAGE ? line : line.substring(0, MESSAGE - 1) + "…";
    }

    static String simple(String errorClass) {
        return errorClass.substring(errorClass.lastIndexOf('.') + 1);
    }

    /** Its conditions in words, {@code all} if there are none. */
    public static String filter(FailureFilter filter) {
        Map<String, String> conditions = filter.toMap();
        return conditions.isEmpty()
                ? "all"
                : conditions.entrySet().stream()
                        .map(condition -> condition.getKey().replace('_', ' ') + " " + condition.getValue())
                        .collect(Collectors.joining(", "));
    }

    public static String lanes(FailureGroup group) {
        return group.lanes().size() + (group.hasMoreLanes() ? "+" : "");
    }

    static Map<String, Object> members(FailureGroup group) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("fingerprint", group.fingerprint());
        members.put("jobs", group.jobs());
        members.put("types", group.types());
        members.put("first_at", group.firstAt().toString());
        members.put("last_at", group.lastAt().toString());
        members.put("error_class", group.sample().errorClass());
        members.put("message", group.sample().message());
        members.put("stack", group.sample().stack());
        members.put("lanes", group.lanes());
        members.put("more_lanes", group.hasMoreLanes());
        return members;
    }

    static Map<String, @Nullable Object> members(FailedJob job) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", job.id());
        members.put("type", job.type());
        members.put("lane", job.lane());
        members.put("attempts", job.attempts());
        members.put("fingerprint", job.error().fingerprint());
        members.put("error_class", job.error().errorClass());
        members.put("message", job.error().message());
        members.put("failed_at", job.failedAt().toString());
        members.put("created_at", job.createdAt().toString());
        members.put("worker", job.worker());
        members.put("replay_id", job.replayId());
        return members;
    }

    static Map<String, @Nullable Object> members(FailureDetail detail) {
        Map<String, @Nullable Object> members = members(detail.job());
        members.put("stack", detail.stack());
        members.put("arguments", arguments(detail.arguments()));
        members.put("trace", detail.trace());
        return members;
    }

    /** As text where they are text, without what is sensitive in them; else in base 64. */
    static String arguments(byte[] arguments) {
        try {
            return Masked.arguments(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(arguments))
                    .toString());
        } catch (CharacterCodingException e) {
            return "base64:" + Base64.getEncoder().encodeToString(arguments);
        }
    }
}
