/**
 * The text protocol by which a job server is asked about its functions, workers and jobs:
 * {@link dev.darkroom.gearman.admin.GearmanAdmin}. Blocking, over a connection of its own; uses no other part.
 */
@NullMarked
package dev.darkroom.gearman.admin;

import org.jspecify.annotations.NullMarked;
