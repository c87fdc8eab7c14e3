package dev.darkroom.jobs.replay;

import java.util.Locale;

/** How a replay stands. */
public enum ReplayState {
    /** Some jobs of each cause are tried first. */
    CANARY,
    /** Jobs are moved back to waiting, as fast as the rate allows. */
    RUNNING,
    /** A person has stopped it for a while. */
    PAUSED,
    /** Its canary has stopped it: a person resumes or cancels it. */
    STOPPED,
    /** A person has ended it: what it had not moved stays failed. */
    CANCELLED,
    /** It has moved every job that it had selected, and all of them have ended. */
    FINISHED;

    /** As the tables hold it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ReplayState ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether it will never move a job again. */
    public boolean isFinal() {
        return this == CANCELLED || this == FINISHED;
    }
}
