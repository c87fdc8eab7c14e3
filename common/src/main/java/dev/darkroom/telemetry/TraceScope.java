package dev.darkroom.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that the current thread works for, until it is closed; then the one before. Its id stands in the log lines of the
 * thread ({@code %X{trace}}). Closed by the thread that opened it.
 */
public final class TraceScope implements AutoCloseable {

    /** The key in the logging context. */
    public static final String MDC_KEY = "trace";

    private static final ThreadLocal<@Nullable TraceContext> CURRENT = new ThreadLocal<>();
    private static final TraceScope UNCHANGED = new TraceScope(null, false);

    private final @Nullable TraceContext before;
    private final boolean changes;

    private TraceScope(@Nullable TraceContext before, boolean changes) {
        this.before = before;
        this.changes = changes;
    }

    public static TraceScope open(TraceContext trace) {
        TraceScope scope = new TraceScope(CURRENT.get(), true);
        set(trace);
        return scope;
    }

    /** The next part of the trace that a {@code traceparent} names; without one nothing changes. */
    public static TraceScope next(@Nullable String traceparent) {
        return traceparent == null
                ? UNCHANGED
                : TraceContext.parse(traceparent)
                        .map(trace -> open(trace.next()))
                        .orElse(UNCHANGED);
    }

    /** Exactly what a {@code traceparent} names; without one nothing changes. */
    public static TraceScope of(@Nullable String traceparent) {
        return traceparent == null
                ? UNCHANGED
                : TraceContext.parse(traceparent).map(TraceScope::open).orElse(UNCHANGED);
    }

    /** The {@code traceparent} of the current thread; null for none. */
    public static @Nullable String currentHeader() {
        TraceContext trace = CURRENT.get();
        return trace == null ? null : trace.header();
    }

    private static void set(@Nullable TraceContext trace) {
        if (trace == null) {
            CURRENT.remove();
            MDC.remove(MDC_KEY);
        } else {
            CURRENT.set(trace);
            MDC.put(MDC_KEY, trace.traceId());
        }
    }

    @Override
    public void close() {
        if (changes) {
            set(before);
        }
    }
}
