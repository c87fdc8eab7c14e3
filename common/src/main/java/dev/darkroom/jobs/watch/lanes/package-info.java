/**
 * How single lanes are doing. There may be millions, so everything here is bounded: of each type those are told of that do
 * most, fail most or wait longest, and the rest together.
 */
@NullMarked
package dev.darkroom.jobs.watch.lanes;

import org.jspecify.annotations.NullMarked;
