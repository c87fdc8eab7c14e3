/** Tells whether the loops of a process still turn, and ends a process whose loops do not. Knows nothing of what they do. */
@NullMarked
package dev.darkroom.jobs.pulse;

import org.jspecify.annotations.NullMarked;
