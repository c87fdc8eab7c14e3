/** What the product is made of, over all of its concepts: may use all of them, and none may use it. */
@NullMarked
package dev.darkroom.catalogue;

import org.jspecify.annotations.NullMarked;
