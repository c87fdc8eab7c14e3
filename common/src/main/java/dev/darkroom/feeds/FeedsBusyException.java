package dev.darkroom.feeds;

import dev.darkroom.jobs.JobException;

/** More feeds have to be rebuilt at once than the databases are asked to bear; the reader may try again in a moment. */
public final class FeedsBusyException extends JobException {

    private static final long serialVersionUID = 1L;

    FeedsBusyException(String message) {
        super(message, null);
    }
}
