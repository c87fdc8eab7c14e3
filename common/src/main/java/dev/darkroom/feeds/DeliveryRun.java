package dev.darkroom.feeds;

import dev.darkroom.media.MediaId;

/**
 * One run of delivering a media to a chunk of feeds.
 *
 * @param chunk names the chunk among those of the media, the same in every run: the id of the follower before its first
 * @param repeated whether it is known that this cannot be the first run; where it is not, the feeds find out
 */
public record DeliveryRun(MediaId media, long chunk, boolean repeated) {

    /** The chunk that is the author's own feed. */
    public static final long AUTHOR = -1;
}
