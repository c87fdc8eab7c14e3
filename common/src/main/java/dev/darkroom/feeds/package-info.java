/**
 * The feed of each user: a Redis list of media ids, written by fan-out and rebuilt from PostgreSQL when missing. May
 * use {@code media}, {@code follows}, {@code users}, {@code shards} and {@code jobs}.
 */
@NullMarked
package dev.darkroom.feeds;

import org.jspecify.annotations.NullMarked;
