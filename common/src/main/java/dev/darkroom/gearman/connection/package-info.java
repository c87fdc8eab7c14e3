/** Connections to job servers, kept up by reconnecting; what clients and workers are built on. Not for use alone. */
@NullMarked
package dev.darkroom.gearman.connection;

import org.jspecify.annotations.NullMarked;
