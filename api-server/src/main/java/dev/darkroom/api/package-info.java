/** The HTTP API: application and wiring. May use every concept of common, but neither Gearman nor Redis nor SQL types. */
@NullMarked
package dev.darkroom.api;

import org.jspecify.annotations.NullMarked;
