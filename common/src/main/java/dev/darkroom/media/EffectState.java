package dev.darkroom.media;

/** How far an effect is. */
public enum EffectState {
    WAITING(0),
    UNDER_WAY(1),
    DONE(2),
    /** It will not happen; the error says why. */
    FAILED(3);

    private static final EffectState[] BY_CODE = values();

    private final int code;

    EffectState(int code) {
        this.code = code;
    }

    /** As it is stored. */
    int code() {
        return code;
    }

    static EffectState ofCode(int code) {
        return BY_CODE[code];
    }
}
