/**
 * Photos: their rows, effects, renditions in S3, and what an upload must be. May use {@code users}, {@code shards} and
 * {@code jobs}.
 */
@NullMarked
package dev.darkroom.media;

import org.jspecify.annotations.NullMarked;
