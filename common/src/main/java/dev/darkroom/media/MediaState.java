package dev.darkroom.media;

/** How far a media is. */
public enum MediaState {
    /** Posted; only its owner sees it. */
    PROCESSING(0),
    /** Rendered; whoever may see its owner's media sees it. */
    READY(1),
    /** Its photo cannot be shown; only its owner sees it, with the reason. */
    REFUSED(2);

    private static final MediaState[] BY_CODE = values();

    private final int code;

    MediaState(int code) {
        this.code = code;
    }

    /** As it is stored. */
    int code() {
        return code;
    }

    static MediaState ofCode(int code) {
        return BY_CODE[code];
    }
}
