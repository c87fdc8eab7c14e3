package dev.darkroom.jobs.watch.lanes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of lanes on their way to people. They are data: of any length, with any character. Those that are longer than
 * {@value #LONGEST} bytes are cut, so such lanes are counted together if they begin alike.
 */
public final class LaneName {

    /** In UTF-8, and what a byte can say. */
    public static final int LONGEST = 255;

    private static final int MOST_BYTES_OF_A_CHARACTER = 3;
    private static final int LONGEST_IN_METRICS = 96;
    private static final HexFormat HEX = HexFormat.of();

    private LaneName() {}

    /** In UTF-8, cut behind a whole character. */
    public static ByteBuffer bytes(String lane) {
        byte[] bytes = lane.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, LONGEST);
        while (length < bytes.length && isInsideCharacter(bytes[length])) {
            length--;
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private static boolean isInsideCharacter(byte next) {
        return (next & 0xC0) == 0x80;
    }

    /** As it is told of, and counted under. */
    static String told(String lane) {
        return lane.length() * MOST_BYTES_OF_A_CHARACTER <= LONGEST
                ? lane
                : StandardCharsets.UTF_8.decode(bytes(lane)).toString();
    }

    /**
     * As a part of a metric's name: letters, digits and hyphens stay, every other byte becomes an underscore and two digits.
     * What would be too long ends with a number of its own.
     */
    static String inMetrics(String lane) {
        StringBuilder name = new StringBuilder();
        ByteBuffer bytes = bytes(lane);
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (isPlain(next)) {
                name.append((char) next);
            } else {
                name.append('_').append(HEX.toHexDigits(next));
            }
        }
        if (name.length() > LONGEST_IN_METRICS) {
            name.setLength(LONGEST_IN_METRICS);
            name.append("__").append(HEX.toHexDigits(lane.hashCode()));
        }
        return name.toString();
    }

    private static boolean isPlain(byte letter) {
        return letter == '-'
                || (letter >= '0' && letter <= '9')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= 'a' && letter <= 'z');
    }
}
