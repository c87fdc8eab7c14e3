package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed, as the failed table keeps it. Failures of one cause share a fingerprint: the class of the error, the
 * methods it came through, and its message without what differs from job to job.
 *
 * @param message at most {@value #LONGEST_MESSAGE} characters
 * @param stack at most {@value #LONGEST_STACK} characters
 * @param fingerprint 16 hex digits
 */
record Failure(String errorClass, String message, String stack, String fingerprint) {

    static final int LONGEST_MESSAGE = 2_000;
    static final int LONGEST_STACK = 8_000;

    private static final int FRAMES = 3;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern NUMBERS = Pattern.compile("[0-9a-fA-F]*[0-9][0-9a-fA-F]*(?:-[0-9a-fA-F]{4,12})*");

    static Failure of(Outcome.Retry retry) {
        Throwable cause = retry.cause();
        String errorClass = errorClass(cause);
        String message = cut(retry.reason(), LONGEST_MESSAGE);
        return new Failure(errorClass, message, stack(cause), fingerprint(errorClass, message, cause));
    }

    private static String errorClass(@Nullable Throwable cause) {
        if (cause instanceof WorkerDiedException) {
            return WorkerDiedException.LABEL;
        }
        return cause == null ? "Retry" : cause.getClass().getName();
    }

    private static String stack(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        if (cause instanceof WorkerDiedException died) {
            return cut(died.evidence(), LONGEST_STACK);
        }
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return cut(text.toString(), LONGEST_STACK);
    }

    private static String fingerprint(String errorClass, String message, @Nullable Throwable cause) {
        String material = errorClass + "\n" + frames(cause) + "\n" + normalised(message);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(material.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Methods without line numbers, so that a release does not split a group. */
    private static String frames(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk.")
                        && !frame.getClassName().startsWith("sun."))
                .limit(FRAMES)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .collect(Collectors.joining("\n"));
    }

    static String normalised(String message) {
        return NUMBERS.matcher(QUOTED.matcher(message).replaceAll("'…'")).replaceAll("#");
    }

    /** PostgreSQL's text cannot hold NUL. */
    private static String cut(String text, int longest) {
        String storable = text.replace('\0', '\uFFFD');
        return storable.length() <= longest ? storable : storable.substring(0, longest - 1) + "…";
    }
}
