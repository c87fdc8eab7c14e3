/**
 * What is measured and how it is told: processor time, system calls, memory, where time goes, and the figures of
 * several rounds.
 */
@NullMarked
package dev.darkroom.ops.bench.measure;

import org.jspecify.annotations.NullMarked;
