package dev.darkroom.jobs.watch;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SlidingTimeWindowMovingAverages;
import dev.darkroom.jobs.ledger.RecentRuns;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.watch.lanes.LaneCodec;
import dev.darkroom.jobs.watch.lanes.LaneGauges;
import dev.darkroom.jobs.watch.lanes.LaneMeters;
import dev.darkroom.jobs.watch.lanes.LaneMinute;
import dev.darkroom.jobs.watch.lanes.LaneMinutes;
import dev.darkroom.jobs.watch.times.RecentTimes;
import dev.darkroom.jobs.watch.times.TimesSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process measures of one job type in one database. In the registry as
 * {@code jobs.TYPE.database-N.wait|run} (histograms of the last minute, in microseconds), {@code .done} (a meter, which hears of
 * them with each heartbeat), {@code .retried|snoozed|discarded|failed} (counters), and gauges of single lanes, as of the last
 * heartbeat. Thread-safe.
 */
public final class TypeMeters {

    private static final double SECONDS = 60;

    private final Histogram wait;
    private final Histogram run;
    private final Meter done;
    /** Its one-minute rate is the number of the last minute. */
    private final Meter doneLately;

    /** Those that the meters have not been told of: telling them of each would cost a twentieth of a short job. */
    private final LongAdder doneSinceLastBeat = new LongAdder();

    private final Counter retried;
    private final Counter snoozed;
    private final Counter discarded;
    private final Counter failed;
    private final LaneMeters lanes;
    private final LaneGauges<LaneMinute> laneGauges;
    private final String name;

    public TypeMeters(MetricRegistry registry, int database, String type, Clock clock) {
        this.name = MetricRegistry.name("jobs", type, "database-" + database);
        this.wait = registry.histogram(name + ".wait", () -> new Histogram(new RecentTimes(clock)));
        this.run = registry.histogram(name + ".run", () -> new Histogram(new RecentTimes(clock)));
        this.done = registry.meter(name + ".done", () -> new Meter(clock));
        this.doneLately = new Meter(new SlidingTimeWindowMovingAverages(clock), clock);
        this.retried = registry.counter(name + ".retried");
        this.snoozed = registry.counter(name + ".snoozed");
        this.discarded = registry.counter(name + ".discarded");
        this.failed = registry.counter(name + ".failed");
        this.lanes = new LaneMeters(clock);
        this.laneGauges = LaneGauges.ofWorker(registry);
    }

    /**
     * A run whose outcome was settled so. A superseded one is not counted: another run's outcome was.
     *
     * @param lane empty for none
     */
    public void settled(String lane, Settlement settlement, long runMicros) {
        if (!lane.isEmpty()) {
            lanes.settled(lane, settlement, runMicros);
        }
        switch (settlement) {
            case DONE -> doneSinceLastBeat.increment();
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
    public void waited(String lane, long micros) {
        wait.update(micros);
        if (!lane.isEmpty()) {
            lanes.waited(lane, micros);
        }
    }

    /** For the heartbeat. */
    public RecentRuns lastMinute() {
        long finished = doneSinceLastBeat.sumThenReset();
        done.mark(finished);
        doneLately.mark(finished);
        LaneMinutes told = lanes.lastMinute();
        show(told);
        return new RecentRuns(
                doneLately.getOneMinuteRate() / SECONDS, encoded(wait), encoded(run), LaneCodec.encode(told));
    }

    private void show(LaneMinutes told) {
        Map<String, LaneMinute> byName = new HashMap<>();
        told.lanes().forEach((lane, minute) -> byName.put(LaneGauges.name(name, lane), minute));
        if (!told.isNothing()) {
            byName.put(LaneGauges.nameOfOthers(name), told.others());
        }
        laneGauges.show(byName);
    }

    private static byte @Nullable [] encoded(Histogram histogram) {
        return ((TimesSnapshot) histogram.getSnapshot()).times().encode();
    }
}
