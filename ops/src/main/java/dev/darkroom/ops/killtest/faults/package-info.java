/**
 * What is done to the parts of a kill test, when, and a record of it. May use {@code killtest.parts} and, to know when producers
 * are under pressure, {@code killtest.load}.
 */
@NullMarked
package dev.darkroom.ops.killtest.faults;

import org.jspecify.annotations.NullMarked;
