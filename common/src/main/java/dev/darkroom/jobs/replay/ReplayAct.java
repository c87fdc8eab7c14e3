package dev.darkroom.jobs.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to a replay.
 *
 * @param actor a person, or {@value #ITSELF}
 * @param note why, where there is more to say
 */
public record ReplayAct(
        Instant at, String actor, String action, @Nullable String note) {

    public static final String ITSELF = "darkroom";
}
