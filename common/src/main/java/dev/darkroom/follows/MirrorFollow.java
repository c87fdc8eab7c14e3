package dev.darkroom.follows;

import dev.darkroom.jobs.Job;

/** Copy an edge, whatever it is by then, from the follower's shard to the followee's, and end what a block has made void. */
public record MirrorFollow(long follower, long followee) implements Job {}
