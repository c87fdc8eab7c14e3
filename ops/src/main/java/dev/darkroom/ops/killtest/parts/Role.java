package dev.darkroom.ops.killtest.parts;

import java.util.Locale;

/** What a part does. */
public enum Role {
    WORKER,
    /** A worker that does jobs whose process died, one at a time. */
    ALONE,
    JOB_SERVER,
    PRODUCER,
    RELAY,
    POSTGRES;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
