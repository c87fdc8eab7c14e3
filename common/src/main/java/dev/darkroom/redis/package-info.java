/**
 * Opens connections to Redis in a way that two hundred processes can afford, and keeps in it the permits that relays share.
 * May use {@code config} and {@code jobs}.
 */
@NullMarked
package dev.darkroom.redis;

import org.jspecify.annotations.NullMarked;
