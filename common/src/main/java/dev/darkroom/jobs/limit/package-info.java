/**
 * Limits of job types across processes: permits that the relays of several databases share, each relay's own share when what
 * they share is away, and what people have set. May use {@code jobs} only.
 */
@NullMarked
package dev.darkroom.jobs.limit;

import org.jspecify.annotations.NullMarked;
