package dev.darkroom.ops.bench.sustained;

import org.jspecify.annotations.Nullable;

/**
 * What was seen at one moment, and since the sample before.
 *
 * @param seconds since the run began
 * @param walBytesPerSecond that PostgreSQL wrote ahead
 */
record Sample(
        double seconds, Throughput throughput, Waits waits, Table table, double walBytesPerSecond, Memory memory) {

    /**
     * Since the sample before, but for the last.
     *
     * @param done jobs a second that were done and recorded
     * @param enqueued jobs a second that were committed
     * @param waiting jobs that are enqueued and not done
     */
    record Throughput(double done, double enqueued, long waiting) {}

    /**
     * From when a job is due until its run begins, in milliseconds: of some of the jobs of the last minute.
     *
     * @param median null if none was measured
     * @param p99 null if none was measured
     */
    record Waits(@Nullable Double median, @Nullable Double p99) {

        static final Waits NONE = new Waits(null, null);
    }

    /** The table of the jobs: rows as PostgreSQL's statistics count them, and its files. */
    record Table(long liveRows, long deadRows, long tableBytes, long indexBytes) {}

    /** Proportional set sizes in MiB. */
    record Memory(double relay, double jobServer, double workers) {

        double sum() {
            return relay + jobServer + workers;
        }
    }
}
