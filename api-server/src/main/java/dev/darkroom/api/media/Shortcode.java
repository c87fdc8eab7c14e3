package dev.darkroom.api.media;

import dev.darkroom.media.MediaId;
import java.util.Optional;

/** The short name of a media in addresses: its number in base 64, most significant digit first, without padding. */
final class Shortcode {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** Of the largest number, 2^63 - 1. */
    private static final int MOST_DIGITS = 11;

    private Shortcode() {}

    static String of(MediaId media) {
        StringBuilder digits = new StringBuilder();
        for (long rest = media.value(); rest > 0; rest >>>= 6) {
            digits.append(DIGITS.charAt((int) (rest & 63)));
        }
        return digits.reverse().toString();
    }

    /** Empty if the text is no shortcode of any media. */
    static Optional<MediaId> parse(String shortcode) {
        if (shortcode.isEmpty() || shortcode.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        long number = 0;
        for (int i = 0; i < shortcode.length(); i++) {
            int digit = DIGITS.indexOf(shortcode.charAt(i));
            if (digit < 0 || number > Long.MAX_VALUE >> 6) {
                return Optional.empty();
            }
            number = number << 6 | digit;
        }
        return number > 0 ? Optional.of(new MediaId(number)) : Optional.empty();
    }
}
