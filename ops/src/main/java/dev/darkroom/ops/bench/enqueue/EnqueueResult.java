package dev.darkroom.ops.bench.enqueue;

import dev.darkroom.ops.bench.measure.Figures;
import dev.darkroom.ops.bench.measure.Series;

/**
 * What {@code bench enqueue} measured; rates are committed jobs a second.
 *
 * @param p50 of a commit, in microseconds, in the median round
 * @param p99 of a commit, in microseconds, in the median round
 */
record EnqueueResult(Series ledger, Series reference, double p50, double p99) {

    double ratio() {
        return Figures.ratio(ledger.median(), reference.median());
    }
}
