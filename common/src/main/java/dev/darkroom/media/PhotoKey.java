package dev.darkroom.media;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Under what a photo lies in the photo store: 32 random hexadecimal digits, so that nobody guesses another's. */
public record PhotoKey(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public PhotoKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A photo key is 32 hexadecimal digits: " + value);
        }
    }

    public static PhotoKey random(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return new PhotoKey(HexFormat.of().formatHex(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
