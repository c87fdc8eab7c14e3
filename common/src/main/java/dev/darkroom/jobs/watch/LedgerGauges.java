package dev.darkroom.jobs.watch;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.darkroom.jobs.watch.lanes.LaneFigures;
import dev.darkroom.jobs.watch.lanes.LaneGauges;
import dev.darkroom.jobs.watch.lanes.TypeLanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all processes together did of each job type in the last minute, as gauges {@code jobs.TYPE.done-per-second|wait-p50|
 * wait-p99|run-p50|run-p99}, in seconds, and of those lanes that are told of as {@code jobs.TYPE.lane.LANE.} with these
 * and {@code retried|failed|discarded|in-flight|oldest-wait}: for a process that has a way of showing metrics. As of the last time that it was
 * run; none while a database does not answer. Thread-safe.
 */
public final class LedgerGauges implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerGauges.class);

    private final MetricRegistry registry;
    private final List<DataSource> databases;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final LaneGauges<LaneFigures> lanes;
    private volatile Map<String, LastMinute> types = Map.of();

    /** @param databases one ledger each; not closed by this */
    public LedgerGauges(MetricRegistry registry, List<DataSource> databases) {
        this.registry = registry;
        this.databases = List.copyOf(databases);
        this.lanes = LaneGauges.ofAll(registry);
    }

    /** Reads the figures: three statements a database. */
    @Override
    public void run() {
        try {
            Map<String, LastMinute> all = new TreeMap<>();
            for (DataSource database : databases) {
                try (Connection connection = database.getConnection()) {
                    LastMinute.read(connection).forEach((type, here) -> all.merge(type, here, LastMinute::plus));
                }
            }
            types = all;
            all.keySet().stream().filter(registered::add).forEach(this::register);
            show(TypeLanes.read(databases));
        } catch (SQLException e) {
            forget();
            LOG.warn("The figures of the jobs could not be read and are read again later: {}", e.getMessage());
        } catch (RuntimeException e) {
            // An executor would not run this again.
            forget();
            LOG.error("The figures of the jobs could not be read in a way not foreseen and are read again later", e);
        }
    }

    private void forget() {
        types = Map.of();
        lanes.show(Map.of());
    }

    private void show(Map<String, TypeLanes> latest) {
        Map<String, LaneFigures> told = new HashMap<>();
        latest.forEach((type, ofType) -> {
            String prefix = MetricRegistry.name("jobs", type);
            ofType.lanes().forEach((lane, figures) -> told.put(LaneGauges.name(prefix, lane), figures));
            told.put(LaneGauges.nameOfOthers(prefix), new LaneFigures(null, ofType.others()));
        });
        lanes.show(told);
    }

    private void register(String type) {
        gauge(type, "done-per-second", LastMinute::donePerSecond);
        gauge(type, "wait-p50", minute -> minute.waits().secondsAt(0.5));
        gauge(type, "wait-p99", minute -> minute.waits().secondsAt(0.99));
        gauge(type, "run-p50", minute -> minute.runs().secondsAt(0.5));
        gauge(type, "run-p99", minute -> minute.runs().secondsAt(0.99));
    }

    private void gauge(String type, String name, Function<LastMinute, @Nullable Double> value) {
        registry.gauge(MetricRegistry.name("jobs", type, name), () ->
                (Gauge<Double>) () -> value.apply(types.getOrDefault(type, LastMinute.NOTHING)));
    }
}
