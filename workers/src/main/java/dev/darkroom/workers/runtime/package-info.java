/**
 * The life of a worker process: running, quiet, stopped. The only place in this module that sees Gearman; knows no family of
 * handlers.
 */
@NullMarked
package dev.darkroom.workers.runtime;

import org.jspecify.annotations.NullMarked;
