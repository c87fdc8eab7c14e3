/**
 * Takes guards of the platform away, for the tests of the kill test: by what passes through a data source, so that the platform
 * needs no switch. May use {@code jobs} and {@code gearman}.
 */
@NullMarked
package dev.darkroom.ops.killtest.sabotage;

import org.jspecify.annotations.NullMarked;
