package dev.darkroom.jobs.death;

/** A job that was running when its process died. */
public record RunningJob(long id, int turn, String type) {}
