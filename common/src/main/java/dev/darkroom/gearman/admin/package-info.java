/** The text protocol by which a job server is asked about its functions, workers and jobs. */
@NullMarked
package dev.darkroom.gearman.admin;

import org.jspecify.annotations.NullMarked;
