package dev.darkroom.ops.bench.sustained;

/**
 * What {@code bench sustained} measured.
 *
 * @param enqueued jobs that were committed
 * @param done jobs that the workers' counts in the ledger say are done
 * @param left jobs that are neither done nor discarded, after all had time to be
 */
record SustainedResult(long enqueued, long done, long left, Drift drift) {

    boolean nothingLost() {
        return left == 0 && done == enqueued;
    }
}
