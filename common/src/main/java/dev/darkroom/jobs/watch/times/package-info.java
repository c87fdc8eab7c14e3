/** How long something took, counted so that the figures of several processes can be added. */
@NullMarked
package dev.darkroom.jobs.watch.times;

import org.jspecify.annotations.NullMarked;
