package dev.darkroom.ops.bench.jobs;

import dev.darkroom.ops.bench.drain.DrainWatch;

/**
 * What {@code bench jobs} measured; rates are jobs or rows a second.
 *
 * @param done jobs that the workers say they have done
 * @param drain between 10 % and 90 % drained
 * @param through while as many more came in and went out at once; the cost is without the enqueuer's
 * @param bareInsertRate the same rows by a bare client
 * @param bareDeleteRate the same rows by a bare client
 */
record JobsResult(
        long done,
        double enqueueRate,
        DrainWatch.Measured drain,
        DrainWatch.Measured through,
        double bareInsertRate,
        double bareDeleteRate) {

    double drainRate() {
        return drain.rate();
    }

    double throughRate() {
        return through.rate();
    }

    /** Rows a second that a bare client inserts and deletes again: what no durable job can do without. */
    double bareThroughRate() {
        return 1 / (1 / bareInsertRate + 1 / bareDeleteRate);
    }
}
