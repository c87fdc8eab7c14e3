package dev.darkroom.feeds;

import dev.darkroom.jobs.Job;

/** Bring what an account has posted lately into the feed of somebody who now follows it. */
public record MergeIntoFeed(long follower, long followee) implements Job {}
