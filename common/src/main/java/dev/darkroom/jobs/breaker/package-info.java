/**
 * Circuit breakers of lanes: what outcomes say about the other side, and the table that says which lanes are held back. May
 * use {@code jobs} only.
 */
@NullMarked
package dev.darkroom.jobs.breaker;

import org.jspecify.annotations.NullMarked;
