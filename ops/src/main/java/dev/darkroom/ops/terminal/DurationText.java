package dev.darkroom.ops.terminal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A length of time for people, in two or three digits. */
public final class DurationText {

    /** What stands in a table where there is nothing to tell. */
    public static final String NONE = "-";

    private DurationText() {}

    /** @param seconds null for none */
    public static String of(@Nullable Double seconds) {
        if (seconds == null) {
            return NONE;
        }
        if (seconds < 0.01) {
            return String.format(Locale.ROOT, "%.1f ms", seconds * 1e3);
        }
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 7_200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
}
