package dev.darkroom.jobs.breaker;

import org.jspecify.annotations.Nullable;

/**
 * A lane's breaker, for people.
 *
 * @param state {@code closed}, {@code open} or {@code draining}, as outcomes have made it
 * @param byHand {@code open} or {@code closed} if a person has said so: that goes before the state
 * @param setBy who has
 * @param failures outcomes in a row that met nobody
 * @param probes sent since it opened
 * @param seconds how long it has been in the state
 * @param nextProbeSeconds until the next probe may go out; null if none will
 * @param reason of the last outcome that met nobody
 */
public record BreakerRow(
        String type,
        String lane,
        String state,
        @Nullable String byHand,
        @Nullable String setBy,
        int failures,
        int probes,
        double seconds,
        @Nullable Double nextProbeSeconds,
        String reason) {}
