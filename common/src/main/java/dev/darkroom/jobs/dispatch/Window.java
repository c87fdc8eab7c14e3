package dev.darkroom.jobs.dispatch;

import java.time.Duration;

/**
 * How many jobs of one type Gearman may hold: what the workers drain in about two seconds, and at least one for each of
 * their threads. So gearmand's memory stays bounded and a late-comer waits no longer than that. Used by one thread.
 */
final class Window {

    /** At about a kilobyte a job in gearmand, 100 MB a type at most. */
    static final int LARGEST = 100_000;

    /** For a type of which no living worker is known, or none yet. */
    private static final int WITHOUT_WORKERS = 8;

    private static final Duration DEPTH = Duration.ofSeconds(2);
    private static final long SAMPLE = Duration.ofMillis(500).toNanos();

    private static final int SMALL = 1_000;
    private static final int REFILLS = 16;

    private static final int FEWEST_PARTS = 4;
    private static final int MOST_PARTS = 256;

    private int parts = FEWEST_PARTS;
    private int size = WITHOUT_WORKERS;
    private double drainRate;
    private long submitted;
    private long lastTotal;
    private long lastSample = System.nanoTime();

    int size() {
        return size;
    }

    /** Jobs ended a second, of late. */
    double drainRate() {
        return drainRate;
    }

    void submitted(int count) {
        submitted += count;
    }

    /**
     * Adapts to what the servers hold now.
     *
     * @param total waiting and running there
     * @param threads handler threads of the type's living workers
     * @param backlog whether more rows wait than the window lets out
     */
    void sample(long total, int threads, boolean backlog) {
        long now = System.nanoTime();
        if (now - lastSample >= SAMPLE) {
            double seconds = (now - lastSample) / 1e9;
            double rate = Math.max(0, (submitted - (total - lastTotal)) / seconds);
            drainRate = drainRate == 0 ? rate : (drainRate + rate) / 2;
            submitted = 0;
            lastTotal = total;
            lastSample = now;
            size = bounded(Math.max(size / 2.0, drainRate * DEPTH.toSeconds()), threads);
        }
        // Nearly empty with a backlog behind it: the workers are faster than was measured.
        if (backlog && threads > 0 && total * 4 <= size) {
            size = bounded(size * 2.0, threads);
        }
    }

    private static int bounded(double wanted, int threads) {
        return (int) Math.min(LARGEST, Math.max(wanted, threads > 0 ? threads : WITHOUT_WORKERS));
    }

    /** How many more jobs there is room for. */
    int room(long total) {
        return (int) Math.max(0, size - total);
    }

    /**
     * How many jobs to look for now: none while there is room for less than an eighth of a second's work, since each look costs
     * the database the same, and with many lanes more than the jobs. With urgent jobs waiting, as many as there is room for.
     */
    int refill(long total, boolean isUrgent) {
        int room = room(total);
        return isUrgent || size < SMALL || room >= size / REFILLS ? room : 0;
    }

    /**
     * What each enqueuer may submit a second without asking: a part of the room, since it is not alone. How many there are
     * nobody knows; when together they overfilled the window each gets half of what it got.
     */
    int directQuota(long total) {
        parts = total > size ? Math.min(MOST_PARTS, parts * 2) : Math.max(FEWEST_PARTS, parts - 1);
        int room = room(total);
        return room == 0 ? 0 : Math.max(1, room / parts);
    }
}
