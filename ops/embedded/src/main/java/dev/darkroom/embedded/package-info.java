/** Launchers of PostgreSQL, Redis and S3 for machines where none is installed. Imports nothing of ours. */
@NullMarked
package dev.darkroom.embedded;

import org.jspecify.annotations.NullMarked;
