/**
 * Who holds the unique keys of jobs: the table {@code jobs.unique_job} of one physical database. May use the root of
 * {@code jobs} only.
 */
@NullMarked
package dev.darkroom.jobs.unique;

import org.jspecify.annotations.NullMarked;
