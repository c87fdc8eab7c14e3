package dev.darkroom.media.format;

/** The formats in which a photo may be sent. */
public enum PhotoType {
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png", "png"),
    GIF("image/gif", "gif", "gif"),
    WEBP("image/webp", "webp", "webp"),

    /** Taken only where a decoder is installed: Java has none. */
    HEIC("image/heic", "heic", "heif");

    private final String mediaType;
    private final String extension;
    private final String formatName;

    PhotoType(String mediaType, String extension, String formatName) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.formatName = formatName;
    }

    /** For a Content-Type header. */
    public String mediaType() {
        return mediaType;
    }

    /** Without a dot. */
    public String extension() {
        return extension;
    }

    /** As Java's ImageIO calls the format. */
    public String formatName() {
        return formatName;
    }
}
