/** Starting and supervising every part of a system on one machine. */
@NullMarked
package dev.darkroom.ops.system;

import org.jspecify.annotations.NullMarked;
