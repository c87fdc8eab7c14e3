/** What holds jobs back on their way out: breakers of lanes and limits of types, as people see and set them. */
@NullMarked
package dev.darkroom.ops.handout;

import org.jspecify.annotations.NullMarked;
