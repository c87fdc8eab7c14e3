package dev.darkroom.media;

/**
 * The squares that are made of every photo and served: upright JPEGs without metadata. The suffixes are those of the
 * public API of 2011, which clients have seen in URLs.
 */
public enum Rendition {
    THUMBNAIL(150, "_5"),
    LOW_RESOLUTION(306, "_6"),
    STANDARD_RESOLUTION(612, "_7");

    private final int side;
    private final String suffix;

    Rendition(int side, String suffix) {
        this.side = side;
        this.suffix = suffix;
    }

    /** Width and height in pixels. */
    public int side() {
        return side;
    }

    String suffix() {
        return suffix;
    }
}
