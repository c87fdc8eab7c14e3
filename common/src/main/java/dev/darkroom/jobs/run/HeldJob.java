package dev.darkroom.jobs.run;

import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.FinishedJob;
import java.time.Duration;

/** A job that this process holds: assigned by Gearman and not yet answered. */
record HeldJob(AssignedJob assigned, JobEnvelope envelope, JobHandlers.Entry<?> entry) {

    int database() {
        return new JobId(envelope.id()).database();
    }

    JobContext context() {
        return new JobContext(new JobId(envelope.id()), envelope.turn(), envelope.attempt());
    }

    /** As if it had never been handed out: it waits again at once, its attempts as before. */
    FinishedJob givenBack() {
        return finished(Outcome.snooze(Duration.ZERO));
    }

    /** Ended so, whatever its handler says or would have said. */
    FinishedJob finished(Outcome outcome) {
        return new FinishedJob(
                envelope.id(), envelope.turn(), envelope.attempt(), envelope.marks(), entry.type(), outcome);
    }
}
