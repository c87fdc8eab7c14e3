/**
 * For those who write jobs: their handlers against a ledger in memory and a clock that stands still, what became of the jobs,
 * and golden files that hold stored arguments to what they were. Nothing here runs in production, and nothing of the platform
 * uses it.
 */
@NullMarked
package dev.darkroom.jobs.testing;

import org.jspecify.annotations.NullMarked;
