/** Submits jobs to job servers, pipelined over one connection per server. */
@NullMarked
package dev.darkroom.gearman.client;

import org.jspecify.annotations.NullMarked;
