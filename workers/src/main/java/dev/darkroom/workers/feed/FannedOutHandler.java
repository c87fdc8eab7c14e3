package dev.darkroom.workers.feed;

import dev.darkroom.feeds.FannedOut;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.EffectKind;
import dev.darkroom.media.Effects;
import dev.darkroom.media.MediaId;

/**
 * Writes how a fan-out has ended. The last chunk has completed the count if none was given up; otherwise the owner is told,
 * until a replay of those that failed completes it. Thread-safe; repeatable.
 */
public final class FannedOutHandler implements JobHandler<FannedOut> {

    @Override
    public Outcome handle(FannedOut job, JobContext context) {
        if (job.failed() == 0) {
            return Outcome.done();
        }
        String error = job.failed() + " of " + job.chunks()
                + " groups of followers do not have this photo in their feeds yet; it is brought to them when the failure"
                + " is repaired";
        return Outcome.done().writing(Effects.incomplete(new MediaId(job.mediaId()), EffectKind.FEEDS, error));
    }
}
