/** The demonstration that posts photos over a real graph and checks every feed. */
@NullMarked
package dev.darkroom.ops.demo;

import org.jspecify.annotations.NullMarked;
