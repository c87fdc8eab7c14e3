package dev.darkroom.feeds;

import dev.darkroom.jobs.Job;

/**
 * Bring a media into the feeds of one chunk of its author's followers, whoever they are by then.
 *
 * @param afterFollower the chunk begins behind this id; 0 for the first
 * @param lastFollower the chunk ends with this id
 * @param followers how many there were when the chunk was cut
 * @param audience how many followers the author had then
 */
public record DeliverMedia(
        long mediaId, long author, long afterFollower, long lastFollower, int followers, int audience) implements Job {}
