package dev.darkroom.media.sweep;

import dev.darkroom.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * Remove the objects of the photo store that are older than a day and belong to no media.
 *
 * @param folder of the photo store, such as {@code originals/0007/}; null for every folder there is
 * @param after begin behind this object; null for the first of the folder
 */
public record SweepPhotos(@Nullable String folder, @Nullable String after) implements Job {

    /** Everything, from its beginning. */
    public static SweepPhotos everything() {
        return new SweepPhotos(null, null);
    }
}
