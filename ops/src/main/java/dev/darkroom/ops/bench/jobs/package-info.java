/** {@code bench jobs}: jobs into the ledger and through it, beside the same rows by a bare client. */
@NullMarked
package dev.darkroom.ops.bench.jobs;

import org.jspecify.annotations.NullMarked;
