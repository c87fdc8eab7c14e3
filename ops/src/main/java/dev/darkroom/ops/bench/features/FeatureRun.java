package dev.darkroom.ops.bench.features;

import dev.darkroom.ops.bench.measure.JobCost;

/**
 * One drain of one step.
 *
 * @param rate jobs a second, without the first third and the last tenth
 * @param enqueueRate jobs a second as they came in, before
 */
record FeatureRun(double rate, double enqueueRate, JobCost cost) {}
