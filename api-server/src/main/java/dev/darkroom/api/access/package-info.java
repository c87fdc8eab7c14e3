/** Who calls: a user through an access token, or a client by its id alone; and what the caller may do. */
@NullMarked
package dev.darkroom.api.access;

import org.jspecify.annotations.NullMarked;
