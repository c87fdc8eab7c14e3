/** Handlers of the jobs about accounts: finishing sign-ups. */
@NullMarked
package dev.darkroom.workers.users;

import org.jspecify.annotations.NullMarked;
