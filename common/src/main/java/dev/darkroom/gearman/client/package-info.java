/**
 * Submits jobs to job servers, pipelined over one connection per server, and asks for their status:
 * {@link dev.darkroom.gearman.client.GearmanClient}. May use {@code connection} and {@code protocol}; knows nothing of
 * workers.
 */
@NullMarked
package dev.darkroom.gearman.client;

import org.jspecify.annotations.NullMarked;
