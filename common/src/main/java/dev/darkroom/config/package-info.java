/** Configuration records shared by every process, secrets, and their loading. Depends on nothing of ours. */
@NullMarked
package dev.darkroom.config;

import org.jspecify.annotations.NullMarked;
