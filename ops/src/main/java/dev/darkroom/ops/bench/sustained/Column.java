package dev.darkroom.ops.bench.sustained;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One figure of the samples. */
enum Column {
    SECONDS("seconds", "", sample -> sample.seconds()),
    JOBS_PER_S("jobs/s", "", sample -> sample.throughput().done()),
    ENQUEUED_PER_S("enqueued/s", "", sample -> sample.throughput().enqueued()),
    WAITING("waiting", "", sample -> (double) sample.throughput().waiting()),
    WAIT_P50_MS("wait p50", " ms", sample -> sample.waits().median()),
    WAIT_P99_MS("wait p99", " ms", sample -> sample.waits().p99()),
    LIVE_ROWS("live rows", "", sample -> (double) sample.table().liveRows()),
    DEAD_ROWS("dead rows", "", sample -> (double) sample.table().deadRows()),
    TABLE_MB("table", " MB", sample -> sample.table().tableBytes() / 1e6),
    INDEX_MB("indexes", " MB", sample -> sample.table().indexBytes() / 1e6),
    WAL_MB_PER_S("WAL/s", " MB", sample -> sample.walBytesPerSecond() / 1e6),
    RELAY_MIB("relay", " MiB", sample -> sample.memory().relay()),
    JOB_SERVER_MIB("job server", " MiB", sample -> sample.memory().jobServer()),
    WORKERS_MIB("workers", " MiB", sample -> sample.memory().workers()),
    MEMORY_MIB("memory, all three", " MiB", sample -> sample.memory().sum());

    private final String label;
    private final String unit;

    @SuppressWarnings("ImmutableEnumChecker") // None of the functions has any state.
    private final Function<Sample, @Nullable Double> value;

    Column(String label, String unit, Function<Sample, @Nullable Double> value) {
        this.label = label;
        this.unit = unit;
        this.value = value;
    }

    /** As files and objects name it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    String label() {
        return label;
    }

    /** To a tenth; null where nothing was measured. */
    @Nullable
    Double of(Sample sample) {
        Double found = value.apply(sample);
        return found == null ? null : Math.round(found * 10) / 10.0;
    }

    /** A value of this figure for people. */
    String text(@Nullable Double figure) {
        return figure == null ? "-" : String.format(Locale.ROOT, figure < 100 ? "%,.1f%s" : "%,.0f%s", figure, unit);
    }
}
