package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Reads arguments as gearmand's C code reads them, so that both servers understand the same bytes alike. */
final class CText {

    private CText() {}

    /** The bytes before the first NUL, one character for each. */
    static String upToNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, ISO_8859_1);
    }

    /** As {@code strtol}: blanks, a sign, digits; 0 where there are none, the nearest limit where it does not fit. */
    static long number(String text) {
        int at = 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (at < text.length() && (negative || text.charAt(at) == '+')) {
            at++;
        }
        long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long value = 0;
        for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            int digit = text.charAt(at) - '0';
            if (value < limit / 10 || value * 10 < limit + digit) {
                return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        return negative ? value : -value;
    }

    /** As {@code (uint32_t) atoi(…)}. */
    static long unsigned32(String text) {
        return Integer.toUnsignedLong((int) number(text));
    }

    /** Whether {@link #number} had to cut it. */
    static boolean isCut(long number) {
        return number == Long.MAX_VALUE || number == Long.MIN_VALUE;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
