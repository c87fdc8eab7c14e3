package dev.darkroom.jobs.run;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.UnreadableJobException;
import dev.darkroom.jobs.dispatch.JobEnvelope;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.sensitive.Masked;
import dev.darkroom.jobs.sensitive.MissingKeyException;
import dev.darkroom.telemetry.TraceScope;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs one job: the only place where an exception becomes an outcome. */
final class RunJob {

    private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);

    private RunJob() {}

    static <J extends Job> FinishedJob run(JobHandlers.Entry<J> entry, JobEnvelope envelope) {
        MDC.put("job", entry.type().name() + "/" + envelope.id());
        try (TraceScope scope = TraceScope.next(envelope.trace())) {
            FinishedJob finished = finished(entry, envelope, outcome(entry, envelope));
            String trace = TraceScope.currentHeader();
            return trace == null ? finished : finished.withTrace(trace);
        } catch (UnreadableJobException e) {
            LOG.error("The arguments of job {} cannot be read, so it fails at once", envelope.id(), e);
            return new FinishedJob(
                    envelope.id(),
                    envelope.turn(),
                    entry.type().retryPolicy().attempts(),
                    envelope.marks(),
                    entry.type(),
                    new Outcome.Retry(null, reasonOf(e), e));
        } catch (MissingKeyException e) {
            return finished(entry, envelope, new Outcome.Retry(null, reasonOf(e), e));
        } finally {
            MDC.remove("job");
        }
    }

    private static <J extends Job> FinishedJob finished(
            JobHandlers.Entry<J> entry, JobEnvelope envelope, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            LOG.warn("Attempt {} failed: {}", envelope.attempt() + 1, retry.reason(), retry.cause());
        } else if (outcome instanceof Outcome.Discard discard) {
            LOG.info("Discarded: {}", discard.reason());
        }
        return new FinishedJob(
                envelope.id(), envelope.turn(), envelope.attempt(), envelope.marks(), entry.type(), outcome);
    }

    @SuppressWarnings(
            "InterruptedExceptionSwallowed") // The interrupt meant this run; its thread goes on with the next job.
    private static <J extends Job> Outcome outcome(JobHandlers.Entry<J> entry, JobEnvelope envelope) {
        J job = decoded(entry, envelope);
        JobContext context = new JobContext(new JobId(envelope.id()), envelope.turn(), envelope.attempt());
        try {
            Outcome outcome = entry.handler().handle(job, context);
            return masked(job, Objects.requireNonNull(outcome, "The handler returned no outcome"));
        } catch (InterruptedException e) {
            return new Outcome.Retry(
                    null, "Interrupted: over its time of " + entry.type().timeout() + ", or stopping", e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            Throwable shown = Masked.error(job, e);
            return new Outcome.Retry(null, reasonOf(shown), shown);
        }
    }

    private static Outcome masked(Job job, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            Throwable cause = retry.cause() == null ? null : Masked.error(job, retry.cause());
            return new Outcome.Retry(retry.after(), Masked.text(job, retry.reason()), cause, retry.kind());
        }
        return outcome instanceof Outcome.Discard discard
                ? Outcome.discard(Masked.text(job, discard.reason()))
                : outcome;
    }

    private static <J extends Job> J decoded(JobHandlers.Entry<J> entry, JobEnvelope envelope) {
        try {
            return entry.type().codec().decode(envelope.arguments());
        } catch (UnreadableJobException | MissingKeyException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreadableJobException("The codec of " + entry.type() + " failed", e);
        }
    }

    private static String reasonOf(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
