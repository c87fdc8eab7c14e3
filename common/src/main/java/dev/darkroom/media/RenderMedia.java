package dev.darkroom.media;

import dev.darkroom.jobs.Job;

/**
 * Make the renditions of a media that was just posted; what else is to happen to it follows from there.
 *
 * @param author the media's owner, whose lane the job is in
 */
public record RenderMedia(long mediaId, long author) implements Job {}
