/** The one shape of an error on the wire, and the mappers that make it. Of common it knows only which failures mean that a part is away. */
@NullMarked
package dev.darkroom.api.error;

import org.jspecify.annotations.NullMarked;
