package dev.darkroom.users;

/**
 * What an account has, as counted when it was written.
 *
 * @param media those neither deleted nor refused
 * @param followedBy may lag a moment behind the followers' own side
 */
public record UserCounts(long media, long follows, long followedBy) {}
