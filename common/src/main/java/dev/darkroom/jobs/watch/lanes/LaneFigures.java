package dev.darkroom.jobs.watch.lanes;

import org.jspecify.annotations.Nullable;

/**
 * What all relays and workers together say of one lane of a job type.
 *
 * @param handOut null if no relay tells of it
 * @param minute null if no worker tells of it, though some tell of others
 */
public record LaneFigures(
        @Nullable LaneHandOut handOut, @Nullable LaneMinute minute) {}
