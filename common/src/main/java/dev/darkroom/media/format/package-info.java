/**
 * What a photo file says about itself in its first bytes: type, size, EXIF. Nothing here decodes a picture or takes more
 * memory than a header may need; every byte is taken for hostile. Depends on nothing of ours.
 */
@NullMarked
package dev.darkroom.media.format;

import org.jspecify.annotations.NullMarked;
