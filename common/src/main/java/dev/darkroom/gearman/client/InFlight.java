package dev.darkroom.gearman.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests that wait for their answer, and the bytes of their payloads, and keeps both bounded. A request is
 * let in while there is room for one more and any room for bytes: so the bytes exceed their bound by the last payload at
 * most, and a payload larger than the bound neither waits for ever nor starves behind small ones. Thread-safe.
 */
final class InFlight {

    /** Most requests that fit into their bits of the state. */
    static final int MOST_REQUESTS = (1 << 24) - 1;

    /** Most bytes that fit into their bits of the state, less the one payload that may exceed the bound. */
    static final long MOST_BYTES = (1L << 39) - 1 - Integer.MAX_VALUE;

    private static final int SHIFT = 39;
    private static final long BYTES = (1L << SHIFT) - 1;

    private final int maxRequests;
    private final long maxBytes;

    /** Requests in the upper bits, bytes in the lower: taken together or not at all, by one compare-and-set. */
    private final AtomicLong state = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    InFlight(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** Takes room for a request; false where there is none. */
    boolean tryTake(int payload) {
        while (true) {
            long taken = state.get();
            if (taken >>> SHIFT >= maxRequests || (taken & BYTES) >= maxBytes) {
                return false;
            }
            if (state.compareAndSet(taken, taken + (1L << SHIFT) + payload)) {
                return true;
            }
        }
    }

    /** Takes room for a request, waiting for it; false where {@link #close} came first. */
    boolean take(int payload) throws InterruptedException {
        if (tryTake(payload)) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            // Announced before looking, or room given back in between would be heard of by nobody.
            waiting.incrementAndGet();
            while (!tryTake(payload)) {
                if (closed) {
                    return false;
                }
                room.await();
            }
            return true;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Gives back what requests took. */
    void give(int requests, long payloads) {
        state.addAndGet(-((long) requests << SHIFT) - payloads);
        if (waiting.get() > 0) {
            wakeAll();
        }
    }

    /** Nobody waits any more. */
    void close() {
        closed = true;
        wakeAll();
    }

    int requests() {
        return (int) (state.get() >>> SHIFT);
    }

    long bytes() {
        return state.get() & BYTES;
    }

    @Override
    public String toString() {
        return requests() + " requests wait for their answer, with " + bytes() + " bytes of payload; the limit is "
                + maxRequests + " requests and " + maxBytes + " bytes";
    }

    private void wakeAll() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
