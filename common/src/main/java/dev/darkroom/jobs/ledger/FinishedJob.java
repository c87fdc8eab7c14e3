package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One run that has ended, to be settled in the ledger.
 *
 * @param turn the turn of the run; an outcome of an earlier turn than the row's does not count
 * @param attempt failures before this run
 * @param marks what its row uses, as the envelope told
 * @param runMicros how long the handler took, in microseconds; 0 for a job that was not run
 * @param trace a W3C {@code traceparent} of the run, which its follow-ups go on with; null if it is not traced
 */
public record FinishedJob(
        long id,
        int turn,
        int attempt,
        JobMarks marks,
        JobType<?> type,
        Outcome outcome,
        long runMicros,
        @Nullable String trace) {

    /** Of a run that is not traced and whose time is not known. */
    public FinishedJob(long id, int turn, int attempt, JobMarks marks, JobType<?> type, Outcome outcome) {
        this(id, turn, attempt, marks, type, outcome, 0, null);
    }

    public FinishedJob withOutcome(Outcome other) {
        return new FinishedJob(id, turn, attempt, marks, type, other, runMicros, trace);
    }

    public FinishedJob took(long micros) {
        return new FinishedJob(id, turn, attempt, marks, type, outcome, micros, trace);
    }

    public FinishedJob withTrace(@Nullable String traceparent) {
        return new FinishedJob(id, turn, attempt, marks, type, outcome, runMicros, traceparent);
    }
}
