package dev.darkroom.jobs.breaker;

/** A lane of a job type. */
public record LaneId(String type, String lane) {}
