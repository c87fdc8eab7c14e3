package dev.darkroom.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where in a trace something happens, as W3C Trace Context has it.
 *
 * @param traceId 32 hex digits: of the whole, from the request to the last follow-up
 * @param spanId 16 hex digits: of this part of it
 * @param sampled whether whoever began the trace wants it recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    /** Version, trace, span and flags, each of so many hex digits, with a hyphen between them. */
    private static final int LENGTH = 55;

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Reads a {@code traceparent}; empty for none and for what is not valid, which the standard has ignored. Character by
     * character: it is read several times for each traced job, and a regular expression takes microseconds.
     */
    public static Optional<TraceContext> parse(@Nullable String traceparent) {
        String text = traceparent == null ? "" : traceparent.strip();
        if (!hasTheForm(text)) {
            return Optional.empty();
        }
        String traceId = text.substring(TRACE, SPAN - 1);
        String spanId = text.substring(SPAN, FLAGS - 1);
        if (traceId.equals(NO_TRACE) || spanId.equals(NO_SPAN)) {
            return Optional.empty();
        }
        boolean sampled = (HexFormat.fromHexDigit(text.charAt(LENGTH - 1)) & 1) != 0;
        return Optional.of(new TraceContext(traceId, spanId, sampled));
    }

    private static boolean hasTheForm(String text) {
        return text.length() >= LENGTH
                && isHex(text, 0, TRACE - 1)
                && text.charAt(TRACE - 1) == '-'
                && isHex(text, TRACE, SPAN - 1)
                && text.charAt(SPAN - 1) == '-'
                && isHex(text, SPAN, FLAGS - 1)
                && text.charAt(FLAGS - 1) == '-'
                && isHex(text, FLAGS, LENGTH)
                && !text.startsWith("ff")
                && hasKnownEnd(text);
    }

    /** Later versions may add to the end. */
    private static boolean hasKnownEnd(String text) {
        return text.length() == LENGTH || (!text.startsWith("00") && text.charAt(LENGTH) == '-');
    }

    private static boolean isHex(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
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
