package dev.darkroom.media;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one effect of a media is.
 *
 * @param done how many of {@code total} are done; both 0 for what is not counted or not known yet
 * @param error why it failed, for the owner; null if it did not
 * @param at when this was written
 */
public record Effect(
        EffectKind kind,
        EffectState state,
        int done,
        int total,
        @Nullable String error,
        Instant at) {}
