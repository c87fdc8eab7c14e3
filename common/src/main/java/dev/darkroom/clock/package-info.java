/** Time as seen by this process: the only place that reads the system clock or sleeps. Depends on nothing of ours. */
@NullMarked
package dev.darkroom.clock;

import org.jspecify.annotations.NullMarked;
