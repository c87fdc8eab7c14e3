/** Opens connections to Redis in a way that two hundred processes can afford. May use {@code config} only. */
@NullMarked
package dev.darkroom.redis;

import org.jspecify.annotations.NullMarked;
