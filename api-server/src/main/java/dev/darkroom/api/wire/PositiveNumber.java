package dev.darkroom.api.wire;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Ids as text: decimal, without sign or leading zeros, at most 2^63 - 1. */
public final class PositiveNumber {

    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,18}");

    private PositiveNumber() {}

    /** Empty if the text is no such number. */
    public static OptionalLong parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }
}
