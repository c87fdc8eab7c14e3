/** What the admin port says about the parts that the API needs. */
@NullMarked
package dev.darkroom.api.health;

import org.jspecify.annotations.NullMarked;
