/**
 * Commands about failed jobs: {@code failed groups}, {@code list}, {@code show}, {@code export}, {@code discard}, {@code
 * audit}.
 */
@NullMarked
package dev.darkroom.ops.failures;

import org.jspecify.annotations.NullMarked;
