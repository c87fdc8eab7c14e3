package dev.darkroom.jobs.dispatch;

/**
 * The Gearman functions of jobs under suspicion: a job of {@code TYPE} whose process died goes to {@code TYPE/alone}, which
 * only processes serve that do one job at a time.
 */
public final class AloneFunction {

    /** No name of a type has a slash. */
    private static final String SUFFIX = "/alone";

    private AloneFunction() {}

    public static String of(String type) {
        return type + SUFFIX;
    }

    static boolean is(String function) {
        return function.endsWith(SUFFIX);
    }

    /** The type of a function, whether it is one of these or not. */
    public static String typeOf(String function) {
        return is(function) ? function.substring(0, function.length() - SUFFIX.length()) : function;
    }
}
