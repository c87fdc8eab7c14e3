package dev.darkroom.ops.killtest.effects;

/** The reason for which a doomed job has to end in the failed table. Without a stack: there are thousands. */
public final class DoomedException extends Exception {

    private static final long serialVersionUID = 1L;

    DoomedException() {
        super("This job fails on purpose", null, false, false);
    }
}
