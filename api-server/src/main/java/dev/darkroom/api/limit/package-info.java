/** How many requests an hour a token or a client has. Depends on nothing of ours. */
@NullMarked
package dev.darkroom.api.limit;

import org.jspecify.annotations.NullMarked;
