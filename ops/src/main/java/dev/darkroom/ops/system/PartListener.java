package dev.darkroom.ops.system;

import java.time.Duration;

/** Told what becomes of the parts, from the thread of each part: must be thread-safe and quick. */
interface PartListener {

    /** The part is ready, for the first time or again. */
    void ready(String part, RunningPart running, boolean again);

    /**
     * A process of a part that had been ready ended, asked or not.
     *
     * @param code 128 and more name a signal
     */
    void ended(String part, long pid, int code);

    /**
     * The part ended though nobody asked it to, or did not become ready after that.
     *
     * @param restartIn after how long it will be started again
     */
    void died(String part, String reason, Duration restartIn);
}
