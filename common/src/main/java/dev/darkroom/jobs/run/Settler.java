package dev.darkroom.jobs.run;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.UnknownJobTypeException;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.SettleJobs;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.SettlementUnknownException;
import dev.darkroom.jobs.ledger.TransientErrors;
import dev.darkroom.jobs.pulse.Pulse;
import dev.darkroom.jobs.sensitive.RefusedWrite;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles a batch whatever happens: repeats it while the database is away or the commit's outcome is unknown, and finds the
 * one job whose writes the database refuses. Used by one thread.
 */
final class Settler {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** During a roll-out: until a process of the new release gets the job. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(30);

    private final SettleJobs ledger;
    private final Pause pause;
    private final BooleanSupplier givenUp;
    private final Pulse pulse;

    /**
     * @param givenUp whether the process must end now: what is not settled then is found by its lease
     * @param pulse beats with each try
     */
    Settler(SettleJobs ledger, Pause pause, BooleanSupplier givenUp, Pulse pulse) {
        this.pulse = pulse;
        this.ledger = ledger;
        this.pause = pause;
        this.givenUp = givenUp;
    }

    /** What became of each job, by id; a job that is missing could not be settled and must not be acknowledged. */
    Map<Long, Settlement> settle(List<FinishedJob> jobs) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        Map<Long, Settlement> perhaps = Map.of();
        while (!givenUp.getAsBoolean()) {
            pulse.beat();
            try {
                return known(ledger.settle(jobs), perhaps);
            } catch (JobException e) {
                if (e instanceof SettlementUnknownException unknown) {
                    perhaps = known(unknown.perhaps(), perhaps);
                }
                if (!TransientErrors.isTransient(e)) {
                    return oneByOne(jobs, e);
                }
                LOG.warn("{} outcomes could not be settled; tried again in {}: {}", jobs.size(), wait, e.getMessage());
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                // As of a handler: one job's write must not end the thread that settles all.
                return oneByOne(jobs, e);
            }
            pause.pause(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
        return Map.of();
    }

    /**
     * What became of each job after an earlier try whose commit is unknown. If that took place it settled all that it was to
     * settle, and this one finds their rows gone: then what counted is what it had written. Only where others have settled all
     * of them in between would both be counted.
     */
    private static Map<Long, Settlement> known(Map<Long, Settlement> now, Map<Long, Settlement> perhaps) {
        if (perhaps.isEmpty()) {
            return now;
        }
        Map<Long, Settlement> counted = new HashMap<>(perhaps);
        counted.values().removeIf(settlement -> settlement == Settlement.SUPERSEDED);
        if (counted.keySet().stream().anyMatch(id -> now.get(id) != Settlement.SUPERSEDED)) {
            return now;
        }
        Map<Long, Settlement> known = new HashMap<>(now);
        known.putAll(counted);
        return known;
    }

    private Map<Long, Settlement> oneByOne(List<FinishedJob> jobs, Throwable error) throws InterruptedException {
        if (jobs.size() == 1) {
            return refused(jobs.get(0), error);
        }
        Map<Long, Settlement> settled = new HashMap<>();
        for (FinishedJob job : jobs) {
            settled.putAll(settle(List.of(job)));
        }
        return settled;
    }

    /** The database refuses what the handler wants written: that is a failure of the run like any other. */
    private Map<Long, Settlement> refused(FinishedJob job, Throwable error) throws InterruptedException {
        if (error instanceof UnknownJobTypeException) {
            LOG.warn(
                    "What follows on job {} is unknown to this process; in {} another may know it: {}",
                    job.id(),
                    UNTIL_KNOWN,
                    error.getMessage());
            return settle(List.of(job.withOutcome(Outcome.snooze(UNTIL_KNOWN))));
        }
        Throwable shown = RefusedWrite.shown(error);
        if (!(job.outcome() instanceof Outcome.Done)) {
            LOG.error("Job {} could not be settled and is found again by its lease", job.id(), shown);
            return Map.of();
        }
        String reason = "The writes of its completion were refused: " + shown.getMessage();
        LOG.warn("Job {} is tried again. {}", job.id(), reason);
        return settle(List.of(job.withOutcome(new Outcome.Retry(null, reason, shown))));
    }
}
