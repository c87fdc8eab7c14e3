/**
 * Turns an uploaded photo into the squares that are served. Every byte of a photo is taken for hostile: what decodes it is
 * bounded in memory and time beforehand. Depends on {@code dev.darkroom.media} and knows nothing of jobs.
 */
@NullMarked
package dev.darkroom.workers.media.picture;

import org.jspecify.annotations.NullMarked;
