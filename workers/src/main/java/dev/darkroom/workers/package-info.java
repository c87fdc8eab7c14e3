/** The worker process: its command line, and the wiring of the handlers it is asked for. */
@NullMarked
package dev.darkroom.workers;

import org.jspecify.annotations.NullMarked;
