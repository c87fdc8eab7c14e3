package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import java.time.Duration;

/** Logs that a run has begun, gives the job its fate, and has its effect. */
final class EffectHandler<J extends EffectJobs.EffectJob> implements JobHandler<J> {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final RunLog runs;
    private final Effect effect;

    EffectHandler(RunLog runs, Effect effect) {
        this.runs = runs;
        this.effect = effect;
    }

    @Override
    public Outcome handle(J job, JobContext context) throws Exception {
        JobKey key = new JobKey(job.key());
        runs.begun(key, context.turn());
        return switch (key.fate()) {
            case DOOMED -> throw new DoomedException();
            case RETRIED -> context.attempt() == 0 ? Outcome.retry("Fails once, on purpose") : effect.take(key);
            case SNOOZED -> context.turn() == 0 ? Outcome.snooze(SHORT) : effect.take(key);
            case FOLLOWED -> followed(key, effect.take(key));
            case PLAIN -> effect.take(key);
        };
    }

    private static Outcome followed(JobKey key, Outcome outcome) {
        return outcome instanceof Outcome.Done done ? done.then(EffectJobs.job(key.followUp())) : outcome;
    }
}
