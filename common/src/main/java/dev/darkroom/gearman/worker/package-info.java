/**
 * Takes jobs from job servers, many at once over one connection per server:
 * {@link dev.darkroom.gearman.worker.GearmanWorker}. Either functions on an executor or a receiver that answers when it
 * likes. May use {@code connection} and {@code protocol}; knows nothing of clients.
 */
@NullMarked
package dev.darkroom.gearman.worker;

import org.jspecify.annotations.NullMarked;
