package dev.darkroom.jobs.watch;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SlidingTimeWindowMovingAverages;
import dev.darkroom.jobs.ledger.RecentRuns;
import dev.darkroom.jobs.ledger.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process measures of one job type in one database. In the registry as
 * {@code jobs.TYPE.database-N.wait|run} (histograms of the last minute, in microseconds), {@code .done} (a meter),
 * {@code .retried|snoozed|discarded|failed} (counters). Thread-safe.
 */
public final class TypeMeters {

    private static final double SECONDS = 60;

    private final Histogram wait;
    private final Histogram run;
    private final Meter done;
    /** Its one-minute rate is the number of the last minute. */
    private final Meter doneLately;

    private final Counter retried;
    private final Counter snoozed;
    private final Counter discarded;
    private final Counter failed;

    public TypeMeters(MetricRegistry registry, int database, String type, Clock clock) {
        String name = MetricRegistry.name("jobs", type, "database-" + database);
        this.wait = registry.histogram(name + ".wait", () -> new Histogram(new RecentTimes(clock)));
        this.run = registry.histogram(name + ".run", () -> new Histogram(new RecentTimes(clock)));
        this.done = registry.meter(name + ".done", () -> new Meter(clock));
        this.doneLately = new Meter(new SlidingTimeWindowMovingAverages(clock), clock);
        this.retried = registry.counter(name + ".retried");
        this.snoozed = registry.counter(name + ".snoozed");
        this.discarded = registry.counter(name + ".discarded");
        this.failed = registry.counter(name + ".failed");
    }

    /** A run whose outcome was settled so. A superseded one is not counted: another run's outcome was. */
    public void settled(Settlement settlement, long runMicros) {
        switch (settlement) {
            case DONE -> {
                done.mark();
                doneLately.mark();
            }
            case RETRIED -> retried.inc();
            case SNOOZED -> snoozed.inc();
            case DISCARDED -> discarded.inc();
            case FAILED -> failed.inc();
            case SUPERSEDED -> {
                return;
            }
        }
        run.update(runMicros);
    }

    /** How long one of the jobs had been due when its run began. */
    public void waited(long micros) {
        wait.update(micros);
    }

    /** For the heartbeat. */
    public RecentRuns lastMinute() {
        return new RecentRuns(doneLately.getOneMinuteRate() / SECONDS, encoded(wait), encoded(run));
    }

    private static byte @Nullable [] encoded(Histogram histogram) {
        return ((TimesSnapshot) histogram.getSnapshot()).times().encode();
    }
}
