package dev.darkroom.jobs.watch;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.sql.Connection;
import java.sql.SQLException;
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
 * wait-p99|run-p50|run-p99}, in seconds: for a process that has a way of showing metrics. As of the last time that it was
 * run; none while a database does not answer. Thread-safe.
 */
public final class LedgerGauges implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerGauges.class);

    private final MetricRegistry registry;
    private final List<DataSource> databases;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile Map<String, LastMinute> types = Map.of();

    /** @param databases one ledger each; not closed by this */
    public LedgerGauges(MetricRegistry registry, List<DataSource> databases) {
        this.registry = registry;
        this.databases = List.copyOf(databases);
    }

    /** Reads the figures: one statement a database. */
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
        } catch (SQLException e) {
            types = Map.of();
            LOG.warn("The figures of the jobs could not be read and are read again later: {}", e.getMessage());
        } catch (RuntimeException e) {
            // An executor would not run this again.
            types = Map.of();
            LOG.error("The figures of the jobs could not be read in a way not foreseen and are read again later", e);
        }
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
