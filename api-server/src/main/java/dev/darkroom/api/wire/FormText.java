package dev.darkroom.api.wire;

import dev.darkroom.api.error.ApiException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Text of the form {@code a=1&b=2}, percent-encoded UTF-8: queries and form bodies. The last of several equal names counts. */
final class FormText {

    /** More names than any call has; beyond it a request is an attack on the map. */
    private static final int MOST_NAMES = 200;

    private FormText() {}

    static void readInto(Map<String, String> values, String text) {
        for (String pair : text.split("&", MOST_NAMES + 2)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            // Removed first, so that a repeated name stands where it was said last.
            values.remove(name);
            values.put(name, value);
            if (values.size() > MOST_NAMES) {
                throw ApiException.invalidParameters("More than " + MOST_NAMES + " parameters.");
            }
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Bytes as UTF-8, refused when they are not, or hold a zero byte, which PostgreSQL does not store. */
    static String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf(0) >= 0) {
                throw ApiException.invalidParameters("A parameter holds a zero byte.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw ApiException.invalidParameters("A parameter is not UTF-8.");
        }
    }

    private static String decode(String text) {
        try {
            // Byte for byte first, because the JDK's decoder replaces wrong UTF-8 instead of refusing it.
            String latin = URLDecoder.decode(
                    new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                    StandardCharsets.ISO_8859_1);
            return utf8(latin.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidParameters("A parameter is not percent-encoded properly.");
        }
    }
}
