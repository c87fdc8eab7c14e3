/** The worker process: life cycle, heartbeat, drain. The only place in this module that sees Gearman. */
@NullMarked
package dev.darkroom.workers.runtime;

import org.jspecify.annotations.NullMarked;
