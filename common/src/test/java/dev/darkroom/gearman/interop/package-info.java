/** Programs that nobody here wrote, as clients and workers of both job servers and of each other. */
@NullMarked
package dev.darkroom.gearman.interop;

import org.jspecify.annotations.NullMarked;
