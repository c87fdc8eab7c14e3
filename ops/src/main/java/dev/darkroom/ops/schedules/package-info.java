/** {@code darkroom schedules}: what is enqueued again and again, and what a person sets of it. */
@NullMarked
package dev.darkroom.ops.schedules;

import org.jspecify.annotations.NullMarked;
