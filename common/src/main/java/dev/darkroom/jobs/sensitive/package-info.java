/**
 * Arguments that nobody should read in a database, a log or a failure: encrypted where they are stored, {@code ***} where
 * they are shown. Uses nothing else of {@code jobs}.
 */
@NullMarked
package dev.darkroom.jobs.sensitive;

import org.jspecify.annotations.NullMarked;
