package dev.darkroom.ops.bench.waiting;

import dev.darkroom.ops.bench.measure.JobCost;

/**
 * What {@code bench waiting} measured with so many retries due later.
 *
 * @param idle with nothing else to do
 * @param drainRate jobs a second, between 10 % and 90 % drained
 * @param lost jobs that were not done; below zero if some were done twice
 */
record LaterRound(long later, Idle idle, double drainRate, JobCost drainCost, long lost) {

    /**
     * While hardly any job is due.
     *
     * @param relayMicros processor time of the relay, microseconds a second
     * @param postgresMicros the same of PostgreSQL
     * @param transactions that PostgreSQL committed a second: of all who ask it, each statement of the relay is one
     * @param rowsRead rows and index entries that PostgreSQL read a second
     */
    record Idle(double relayMicros, double postgresMicros, double transactions, double rowsRead) {}
}
