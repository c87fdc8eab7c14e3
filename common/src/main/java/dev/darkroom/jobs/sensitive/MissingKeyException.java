package dev.darkroom.jobs.sensitive;

/** This process lacks a key, another may have it: the job is tried again. */
public final class MissingKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingKeyException(String message) {
        super(message);
    }
}
