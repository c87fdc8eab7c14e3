package dev.darkroom.jobs;

/** A run over its time that did not heed an interrupt; its stack is that of the thread that was given up. */
public final class RunTimedOutException extends JobException {

    private static final long serialVersionUID = 1L;

    /** @param stack where the thread was stuck */
    public RunTimedOutException(String message, StackTraceElement[] stack) {
        super(message);
        setStackTrace(stack);
    }
}
