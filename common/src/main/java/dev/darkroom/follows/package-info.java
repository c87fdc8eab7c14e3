/**
 * Who follows, asks to follow, or blocks whom, stored by follower and by followee with versions. May use {@code users}, {@code shards} and
 * {@code jobs}.
 */
@NullMarked
package dev.darkroom.follows;

import org.jspecify.annotations.NullMarked;
