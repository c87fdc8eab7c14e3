package dev.darkroom.feeds;

import dev.darkroom.jobs.Job;

/** Take what an account has posted out of the feed of somebody who no longer follows it. */
public record RemoveFromFeed(long follower, long followee) implements Job {}
