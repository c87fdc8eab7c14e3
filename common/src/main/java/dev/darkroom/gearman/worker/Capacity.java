package dev.darkroom.gearman.worker;

/**
 * How many jobs a worker may hold, how many it does, and how many it has asked for. Changed on the event loop only;
 * {@link #held} may be read from anywhere.
 */
final class Capacity {

    private volatile int limit;
    private volatile int held;
    private int asked;

    Capacity(int limit) {
        setLimit(limit);
    }

    void setLimit(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("A worker's capacity is not negative: " + value);
        }
        limit = value;
    }

    int limit() {
        return limit;
    }

    int held() {
        return held;
    }

    /** How many more jobs may be asked for. */
    int free() {
        return Math.max(0, limit - held - asked);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The event loop alone writes.
    void assigned() {
        asked--;
        held++;
    }

    void asked(int grabs) {
        asked += grabs;
    }

    /** A grab was answered with no job, or its connection is gone. */
    void unanswered(int grabs) {
        asked -= grabs;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The event loop alone writes.
    void released() {
        held--;
    }

    int asked() {
        return asked;
    }
}
