package dev.darkroom.feeds;

import dev.darkroom.jobs.Job;

/** Bring a media that has become ready into the feeds of its author and of the author's followers. */
public record FanOutMedia(long mediaId, long author) implements Job {}
