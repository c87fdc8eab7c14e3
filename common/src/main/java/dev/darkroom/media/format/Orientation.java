package dev.darkroom.media.format;

/**
 * How a stored picture must be turned to stand upright; numbered as EXIF does (CIPA DC-008, tag 0x0112).
 */
public enum Orientation {
    UPRIGHT(false, 0),
    MIRRORED(true, 0),
    UPSIDE_DOWN(false, 2),
    MIRRORED_UPSIDE_DOWN(true, 2),
    MIRRORED_TURNED_LEFT(true, 3),
    TURNED_LEFT(false, 1),
    MIRRORED_TURNED_RIGHT(true, 1),
    TURNED_RIGHT(false, 3);

    private static final Orientation[] BY_NUMBER = values();

    private final boolean mirrored;
    private final int quarterTurns;

    Orientation(boolean mirrored, int quarterTurns) {
        this.mirrored = mirrored;
        this.quarterTurns = quarterTurns;
    }

    /** Upright for any number that EXIF does not define. */
    public static Orientation ofExif(int number) {
        return number >= 1 && number <= BY_NUMBER.length ? BY_NUMBER[number - 1] : UPRIGHT;
    }

    /** Whether the stored picture must be mirrored left to right, before it is turned. */
    public boolean mirrored() {
        return mirrored;
    }

    /** Clockwise turns by 90 degrees, after mirroring. */
    public int quarterTurns() {
        return quarterTurns;
    }

    /** Whether the upright picture is as wide as the stored one is high. */
    public boolean swapsSides() {
        return quarterTurns % 2 == 1;
    }
}
