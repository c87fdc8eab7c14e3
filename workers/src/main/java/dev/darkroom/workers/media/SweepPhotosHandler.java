package dev.darkroom.workers.media;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.sweep.PhotoSweep;
import dev.darkroom.media.sweep.SweepPhotos;

/**
 * Removes objects without a row, folder by folder and step by step: each step is a job of its own, so that a death costs one
 * step and no job runs for long. Thread-safe; repeatable.
 */
public final class SweepPhotosHandler implements JobHandler<SweepPhotos> {

    private final PhotoSweep sweep;

    public SweepPhotosHandler(PhotoSweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public Outcome handle(SweepPhotos job, JobContext context) {
        String folder = job.folder();
        if (folder == null) {
            return Outcome.done()
                    .then(sweep.folders().stream()
                            .map(each -> new SweepPhotos(each, null))
                            .toArray(Job[]::new));
        }
        return sweep.step(folder, job.after())
                .map(last -> Outcome.done().then(new SweepPhotos(folder, last)))
                .orElseGet(Outcome::done);
    }
}
