package dev.darkroom.media;

/** What is to happen to a media after it is posted, each of which can be asked for. */
public enum EffectKind {
    /** The renditions are made. */
    RENDERED(0),
    /** It is in the feeds of the owner's followers; counted in followers. */
    FEEDS(1);

    private static final EffectKind[] BY_CODE = values();

    private final int code;

    EffectKind(int code) {
        this.code = code;
    }

    /** As it is stored. */
    int code() {
        return code;
    }

    static EffectKind ofCode(int code) {
        return BY_CODE[code];
    }
}
