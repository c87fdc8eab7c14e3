package dev.darkroom.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a trace something happens, as W3C Trace Context has it.
 *
 * @param traceId 32 hex digits: of the whole, from the request to the last follow-up
 * @param spanId 16 hex digits: of this part of it
 * @param sampled whether whoever began the trace wants it recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    private static final Pattern HEADER =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final HexFormat HEX = HexFormat.of();

    /** Reads a {@code traceparent}; empty for none and for what is not valid, which the standard has ignored. */
    public static Optional<TraceContext> parse(@Nullable String traceparent) {
        Matcher matcher = HEADER.matcher(traceparent == null ? "" : traceparent.strip());
        if (!matcher.matches() || !isOfAKnownForm(matcher)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) != 0;
        return Optional.of(new TraceContext(matcher.group(2), matcher.group(3), sampled));
    }

    /** Later versions may add to the end; version ff is none. */
    private static boolean isOfAKnownForm(Matcher matcher) {
        String version = matcher.group(1);
        return !version.equals("ff")
                && !(version.equals("00") && matcher.group(5) != null)
                && !matcher.group(2).equals(NO_TRACE)
                && !matcher.group(3).equals(NO_SPAN);
    }

    /** A trace of its own, sampled. */
    public static TraceContext begin() {
        return new TraceContext(digits() + digits(), digits(), true);
    }

    /** The next part of the same trace. */
    public TraceContext next() {
        return new TraceContext(traceId, digits(), sampled);
    }

    /** As a {@code traceparent}, 55 characters. */
    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** 16, never all of them zero. */
    private static String digits() {
        return HEX.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
