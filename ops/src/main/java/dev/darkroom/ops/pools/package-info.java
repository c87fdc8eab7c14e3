/** How the pools are doing: figures per job type from every ledger. Reads only. */
@NullMarked
package dev.darkroom.ops.pools;

import org.jspecify.annotations.NullMarked;
