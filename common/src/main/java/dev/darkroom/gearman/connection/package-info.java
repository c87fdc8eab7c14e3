/**
 * Connections to job servers, one per server, kept up by reconnecting with backoff; what clients and workers are built on.
 * Of use alone are the listener, the backoff and the settings that both builders take.
 */
@NullMarked
package dev.darkroom.gearman.connection;

import org.jspecify.annotations.NullMarked;
