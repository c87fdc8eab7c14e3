/** Accounts on the wire: {@code /v1/users/{id}}, and the forms of a user that other answers hold. */
@NullMarked
package dev.darkroom.api.users;

import org.jspecify.annotations.NullMarked;
