/**
 * How the job types are doing: what each process measures, as Dropwizard Metrics, and what it tells the ledger of its last
 * minute so that the figures of all processes can be added. Nothing here is done for each job but counting in memory.
 */
@NullMarked
package dev.darkroom.jobs.watch;

import org.jspecify.annotations.NullMarked;
