/**
 * The Gearman protocol: what its parts share, a job server's address, a job's handle, priorities and errors. The parts
 * are {@link dev.darkroom.gearman.client}, {@link dev.darkroom.gearman.worker}, {@link dev.darkroom.gearman.admin} and
 * {@link dev.darkroom.gearman.server}; below them lie {@link dev.darkroom.gearman.connection} and
 * {@link dev.darkroom.gearman.protocol}. Knows nothing of the job ledger or of photos.
 */
@NullMarked
package dev.darkroom.gearman;

import org.jspecify.annotations.NullMarked;
