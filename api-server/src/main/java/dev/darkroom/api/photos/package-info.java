/** Renditions of photos: their addresses, and serving them as the origin of a content delivery network. */
@NullMarked
package dev.darkroom.api.photos;

import org.jspecify.annotations.NullMarked;
