/** Removes from the photo store what no media has a row for. May use {@code media} and {@code shards}. */
@NullMarked
package dev.darkroom.media.sweep;

import org.jspecify.annotations.NullMarked;
