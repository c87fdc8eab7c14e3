/** Media on the wire: posting, reading, deleting, the lists of an account, and what became of a photo. */
@NullMarked
package dev.darkroom.api.media;

import org.jspecify.annotations.NullMarked;
