/** Who follows whom: lists, the relationship of two accounts, following and unfollowing. */
@NullMarked
package dev.darkroom.api.relationships;

import org.jspecify.annotations.NullMarked;
