package dev.darkroom.follows;

import dev.darkroom.users.UserId;

/** One account that follows another. */
public record FollowEdge(UserId follower, UserId followee) {}
