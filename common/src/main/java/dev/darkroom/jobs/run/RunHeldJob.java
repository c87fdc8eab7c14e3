package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.Mark;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** From a job that a thread begins to its outcome. Thread-safe. */
final class RunHeldJob implements Function<HeldJob, FinishedJob> {

    private final Map<Integer, RunTally> tallies;
    private final Map<Integer, BeforeRun> before = new HashMap<>();
    private final JobListeners listeners;

    RunHeldJob(Collection<Ledger> ledgers, Map<Integer, RunTally> tallies, JobListeners listeners) {
        this.tallies = tallies;
        this.listeners = listeners;
        ledgers.forEach(ledger -> before.put(ledger.database(), new BeforeRun(ledger)));
    }

    @Override
    public FinishedJob apply(HeldJob job) {
        Objects.requireNonNull(tallies.get(job.database()))
                .started(
                        job.envelope().id(),
                        job.envelope().turn(),
                        job.envelope().lane());
        if (job.envelope().marks().has(Mark.PROBE)) {
            return job.finished(Outcome.done());
        }
        Outcome instead = Objects.requireNonNull(before.get(job.database())).insteadOf(job);
        if (instead != null) {
            return job.finished(instead);
        }
        listeners.started(job);
        return RunJob.run(job.entry(), job.envelope());
    }
}
