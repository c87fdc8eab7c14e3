package dev.darkroom.follows;

/** What one account is to another. */
public enum FollowState {
    /** Nothing, or nothing any more. */
    NONE(0),
    /** Asked to follow a private account, which has not answered. */
    REQUESTED(1),
    FOLLOWS(2),
    /** Blocks: the other sees nothing of it and cannot follow it. */
    BLOCKS(3);

    private static final FollowState[] BY_CODE = values();

    private final int code;

    FollowState(int code) {
        this.code = code;
    }

    /** As it is stored. */
    int code() {
        return code;
    }

    static FollowState ofCode(int code) {
        return BY_CODE[code];
    }
}
