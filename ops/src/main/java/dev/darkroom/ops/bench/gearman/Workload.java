package dev.darkroom.ops.bench.gearman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The jobs of one round, numbered from 0: each has its number in the first four bytes of its payload and as its unique
 * key. Counts how often each was handed out. Thread-safe.
 */
final class Workload {

    /** {@code k} and nine digits. */
    static final int KEY_SIZE = 10;

    private final String function;
    private final int payloadSize;
    private final AtomicIntegerArray handedOut;

    Workload(String function, int jobs, int payloadSize) {
        this.function = function;
        this.payloadSize = payloadSize;
        this.handedOut = new AtomicIntegerArray(jobs);
    }

    String function() {
        return function;
    }

    int jobs() {
        return handedOut.length();
    }

    int payloadSize() {
        return payloadSize;
    }

    /** Writes a job's unique key. */
    static void key(byte[] to, int at, int number) {
        to[at] = 'k';
        int rest = number;
        for (int i = KEY_SIZE - 1; i > 0; i--) {
            to[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** A job's unique key as text. */
    static String key(int number) {
        byte[] key = new byte[KEY_SIZE];
        key(key, 0, number);
        return new String(key, US_ASCII);
    }

    /** A job's payload, a new array. */
    byte[] payload(int number) {
        byte[] payload = new byte[payloadSize];
        BareSocket.number(payload, 0, number);
        return payload;
    }

    /** The job with this payload came to a worker. */
    void handedOut(byte[] payload, int at) {
        int number = payload[at] << 24
                | (payload[at + 1] & 0xff) << 16
                | (payload[at + 2] & 0xff) << 8
                | (payload[at + 3] & 0xff);
        handedOut.incrementAndGet(number);
    }

    /** How many jobs were not handed out exactly once. */
    int wrong() {
        int wrong = 0;
        for (int i = 0; i < handedOut.length(); i++) {
            if (handedOut.get(i) != 1) {
                wrong++;
            }
        }
        return wrong;
    }
}
