package dev.darkroom.jobs.replay;

/**
 * An order, as one database has to follow it.
 *
 * @param version goes up with each change
 * @param rate this database's share of it, in jobs a second
 * @param ended whether nothing of it is outstanding anywhere
 */
public record PartOrder(long id, ReplayState state, long version, double rate, boolean ended) {}
