package dev.darkroom.follows;

/** What became of the wish to be something else to an account, or to have it be something else. */
public enum FollowAnswer {
    /** It is as wished now, and was not before. */
    CHANGED,
    /** It was as wished already. */
    UNCHANGED,
    /** Refused: nobody is anything to themselves. */
    ONESELF,
    /** Refused: the account blocks whoever wishes to follow it. */
    BLOCKED,
    /** Refused: whoever wishes to follow the account blocks it. */
    BLOCKING,
    /** Refused: there is no such account. */
    UNKNOWN_USER
}
