/** How a client gets an access token. */
@NullMarked
package dev.darkroom.api.oauth;

import org.jspecify.annotations.NullMarked;
