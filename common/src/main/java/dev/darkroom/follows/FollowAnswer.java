package dev.darkroom.follows;

/** What became of the wish to follow, or not to follow, an account. */
public enum FollowAnswer {
    /** It is as wished now, and was not before. */
    CHANGED,
    /** It was as wished already. */
    UNCHANGED,
    /** Refused: nobody follows themselves. */
    ONESELF,
    /** Refused: there is no such account. */
    UNKNOWN_USER
}
