/**
 * The job platform: types, ledger, dispatch, completion, retry. PostgreSQL remembers, Gearman hands out. Knows nothing
 * of photos; may use {@code gearman}, {@code clock} and {@code telemetry}.
 */
@NullMarked
package dev.darkroom.jobs;

import org.jspecify.annotations.NullMarked;
