package dev.darkroom.jobs.run;

import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.FinishedJob;
import java.time.Duration;

/** A job that this process holds: assigned by Gearman and not yet answered. */
record HeldJob(AssignedJob assigned, JobEnvelope envelope, JobHandlers.Entry<?> entry) {

    int database() {
        return new dev.darkroom.jobs.JobId(envelope.id()).database();
    }

    /** As if it had never been handed out: it waits again at once, its attempts as before. */
    FinishedJob givenBack() {
        return new FinishedJob(
                envelope.id(),
                envelope.turn(),
                envelope.attempt(),
                envelope.marks(),
                entry.type(),
                Outcome.snooze(Duration.ZERO));
    }
}
