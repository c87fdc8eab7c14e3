package dev.darkroom.jobs;

/**
 * The arguments of one piece of work, as a record. A {@link JobType} gives it its name, codec and policies; a
 * {@link JobHandler} does it. The record is what is stored and what travels: keep it small, and its components stable.
 */
public interface Job {}
