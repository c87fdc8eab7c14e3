package dev.darkroom.ops.bench.sustained;

import java.time.Duration;

/**
 * How {@code bench sustained} measures.
 *
 * @param every one sample
 * @param warmUp not compared
 * @param backlog the enqueuer pauses while more jobs than that wait
 */
record SustainedPlan(Duration length, Duration every, Duration warmUp, long backlog) {}
