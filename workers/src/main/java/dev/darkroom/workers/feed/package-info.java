/** Handlers of the feed jobs: fan-out, deliver, merge, remove; and of the follow mirror. */
@NullMarked
package dev.darkroom.workers.feed;

import org.jspecify.annotations.NullMarked;
