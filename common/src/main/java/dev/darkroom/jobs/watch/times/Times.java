package dev.darkroom.jobs.watch.times;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How often which time was measured, in steps of one percent, so that those of several processes can be added. Immutable. */
public final class Times {

    public static final Times NONE = new Times(empty());

    private static final int SIGNIFICANT_DIGITS = 2;
    private static final double MICROS = 1e6;

    private final Histogram micros;

    /** @param micros not changed any more by anybody */
    public Times(Histogram micros) {
        this.micros = micros;
    }

    /** To count into; grows as it must. Not thread-safe. */
    public static Histogram empty() {
        return new Histogram(SIGNIFICANT_DIGITS);
    }

    /** What {@link #encode} made; null is none. */
    public static Times decode(byte @Nullable [] encoded) {
        return encoded == null ? NONE : new Times(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0));
    }

    /** As the ledger keeps it, some hundred bytes; null for none. */
    public byte @Nullable [] encode() {
        if (isEmpty()) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), micros.encodeIntoByteBuffer(buffer));
    }

    /** These and those. */
    public Times plus(Times other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        Histogram sum = micros.copy();
        sum.add(other.micros);
        return new Times(sum);
    }

    public boolean isEmpty() {
        return micros.getTotalCount() == 0;
    }

    public long count() {
        return micros.getTotalCount();
    }

    /**
     * The time in seconds that this part of them did not exceed; null if there are none.
     *
     * @param part from 0 to 1: 0.5 for the median
     */
    public @Nullable Double secondsAt(double part) {
        return isEmpty() ? null : micros.getValueAtPercentile(part * 100) / MICROS;
    }

    Histogram micros() {
        return micros;
    }
}
