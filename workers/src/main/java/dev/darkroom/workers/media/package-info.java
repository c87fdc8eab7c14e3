/** Handlers of the media jobs: render, delete. */
@NullMarked
package dev.darkroom.workers.media;

import org.jspecify.annotations.NullMarked;
