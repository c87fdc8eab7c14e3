/** Packets of the Gearman protocol and their incremental codec. */
@NullMarked
package dev.darkroom.gearman.protocol;

import org.jspecify.annotations.NullMarked;
