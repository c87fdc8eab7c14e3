package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Mark;

/**
 * A run that has ended and waits to be settled.
 *
 * @param micros how long the handler took
 */
record EndedJob(HeldJob held, FinishedJob finished, long micros) {

    /** Then it counts nowhere. */
    boolean isProbe() {
        return finished.marks().has(Mark.PROBE);
    }
}
