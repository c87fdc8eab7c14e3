package dev.darkroom.jobs.schedule;

import dev.darkroom.jobs.JobException;
import org.jspecify.annotations.Nullable;

/** A schedule that cannot be: the message says what to write instead. */
public final class ScheduleException extends JobException {

    private static final long serialVersionUID = 1L;

    ScheduleException(String message) {
        this(message, null);
    }

    ScheduleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
