package dev.darkroom.jobs.watch.times;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import org.HdrHistogram.Histogram;

/** Times as Dropwizard's reporters read them, in microseconds. Immutable. */
public final class TimesSnapshot extends Snapshot {

    private final Times times;
    private final Histogram micros;

    TimesSnapshot(Times times) {
        this.times = times;
        this.micros = times.micros();
    }

    public Times times() {
        return times;
    }

    @Override
    public double getValue(double quantile) {
        return micros.getValueAtPercentile(quantile * 100);
    }

    /** Each once, however often it was measured: there may be millions. */
    @Override
    public long[] getValues() {
        return StreamSupport.stream(micros.recordedValues().spliterator(), false)
                .mapToLong(step -> step.getValueIteratedTo())
                .toArray();
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, times.count());
    }

    @Override
    public long getMax() {
        return micros.getMaxValue();
    }

    @Override
    public double getMean() {
        return times.isEmpty() ? 0 : micros.getMean();
    }

    @Override
    public long getMin() {
        return times.isEmpty() ? 0 : micros.getMinValue();
    }

    @Override
    public double getStdDev() {
        return times.isEmpty() ? 0 : micros.getStdDeviation();
    }

    @Override
    public void dump(OutputStream output) {
        PrintWriter lines = new PrintWriter(output, false, StandardCharsets.UTF_8);
        for (long value : getValues()) {
            lines.println(value);
        }
        lines.flush();
    }
}
