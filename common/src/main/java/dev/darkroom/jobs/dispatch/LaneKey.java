package dev.darkroom.jobs.dispatch;

/** A lane of one priority of a job type. */
record LaneKey(short priority, String lane) {}
