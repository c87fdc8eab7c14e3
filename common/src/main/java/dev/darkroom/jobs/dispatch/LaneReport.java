package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import java.util.List;

/**
 * What is told of the lanes of one type.
 *
 * @param worst the one that is served worst
 * @param told those that wait longest and those with most in flight
 */
record LaneReport(LaneWait worst, List<LaneHandOut> told) {}
