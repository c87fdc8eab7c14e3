/** How commands print: tables whose columns align. Imports nothing of ours. */
@NullMarked
package dev.darkroom.ops.terminal;

import org.jspecify.annotations.NullMarked;
