package dev.darkroom.media;

/**
 * The photo as it was sent, in the photo store.
 *
 * @param contentType by its content, such as {@code image/jpeg}
 * @param width in pixels, upright
 * @param height in pixels, upright
 */
public record StoredPhoto(PhotoKey key, String contentType, int width, int height) {}
