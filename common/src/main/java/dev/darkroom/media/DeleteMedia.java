package dev.darkroom.media;

import dev.darkroom.jobs.Job;

/**
 * Remove what there still is of a media that was deleted: its photos, its places in feeds.
 *
 * @param author the media's owner, whose lane the job is in
 */
public record DeleteMedia(long mediaId, long author) implements Job {}
