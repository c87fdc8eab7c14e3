/** The one JSON shape of errors and the mappers that produce it. */
@NullMarked
package dev.darkroom.api.error;

import org.jspecify.annotations.NullMarked;
