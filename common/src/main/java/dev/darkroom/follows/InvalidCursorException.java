package dev.darkroom.follows;

/** A cursor is not one that a page came with. */
public final class InvalidCursorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidCursorException(String cursor) {
        super("The cursor '" + cursor + "' is none of ours; begin without one");
    }
}
