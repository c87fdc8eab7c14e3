/** Accounts, OAuth clients and access tokens. May use {@code shards} and {@code jobs}. */
@NullMarked
package dev.darkroom.users;

import org.jspecify.annotations.NullMarked;
