package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.effects.JobKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How often each job was seen somewhere: a byte a job, for there are millions. Counts stop at 100. Not thread-safe. */
final class KeyCounts {

    private static final int MOST = 100;
    private static final int FIRST_LENGTH = 1_024;

    private final Map<Integer, byte[]> byProducer = new HashMap<>();

    void add(JobKey key) {
        add(key, 1);
    }

    void add(JobKey key, int times) {
        int place = place(key);
        byte[] counts = byProducer.computeIfAbsent(key.producer(), producer -> new byte[FIRST_LENGTH]);
        if (place >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(place + 1, counts.length * 2));
            byProducer.put(key.producer(), counts);
        }
        counts[place] = (byte) Math.min(MOST, counts[place] + times);
    }

    int of(JobKey key) {
        byte[] counts = byProducer.get(key.producer());
        int place = place(key);
        return counts == null || place >= counts.length ? 0 : counts[place];
    }

    boolean has(JobKey key) {
        return of(key) > 0;
    }

    /** Every job that was seen at all. */
    void forEach(Consumer<JobKey> action) {
        byProducer.forEach((producer, counts) -> {
            for (int place = 0; place < counts.length; place++) {
                if (counts[place] > 0) {
                    JobKey key = JobKey.of(producer, place / 2);
                    action.accept(place % 2 == 0 ? key : key.followUp());
                }
            }
        });
    }

    long total() {
        long total = 0;
        for (byte[] counts : byProducer.values()) {
            for (byte count : counts) {
                total += count > 0 ? 1 : 0;
            }
        }
        return total;
    }

    private static int place(JobKey key) {
        return key.sequence() * 2 + (key.isFollowUp() ? 1 : 0);
    }
}
