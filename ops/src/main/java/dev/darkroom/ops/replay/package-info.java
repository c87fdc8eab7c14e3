/** Commands about replays: {@code replay start}, {@code list}, {@code show}, {@code watch}, {@code pause}, {@code resume}, {@code cancel}. */
@NullMarked
package dev.darkroom.ops.replay;

import org.jspecify.annotations.NullMarked;
