/**
 * The small Java job server for the embedded default and for tests. Production runs gearmand. May use the packets and
 * codec of {@code gearman}.
 */
@NullMarked
package dev.darkroom.gearman.server;

import org.jspecify.annotations.NullMarked;
