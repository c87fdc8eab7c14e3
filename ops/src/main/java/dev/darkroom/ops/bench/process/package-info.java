/**
 * The process that most benchmarks start in several roles, the jobs it enqueues and does, and who asks it for rounds
 * of commits.
 */
@NullMarked
package dev.darkroom.ops.bench.process;

import org.jspecify.annotations.NullMarked;
