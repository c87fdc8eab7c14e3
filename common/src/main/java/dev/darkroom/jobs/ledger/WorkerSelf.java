package dev.darkroom.jobs.ledger;

import java.util.UUID;

/**
 * Who a worker process is, in the ledger's words.
 *
 * @param id made anew by every process
 * @param name as a person would look for it, such as {@code feed.deliver@host:1234}
 * @param alone whether it does jobs under suspicion only, one at a time
 */
public record WorkerSelf(UUID id, String name, String host, long pid, int threads, boolean alone) {}
