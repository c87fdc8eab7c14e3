/**
 * The servers that benchmarks start for themselves: a durable PostgreSQL and a job server, in a folder that goes with
 * them.
 */
@NullMarked
package dev.darkroom.ops.bench.servers;

import org.jspecify.annotations.NullMarked;
