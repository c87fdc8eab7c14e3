package dev.darkroom.jobs.watch;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a relay of this process knows of each type of one database, as gauges {@code jobs.TYPE.database-N.in-flight|running|
 * threads|window|drain-rate|worst-lane-wait|worst-lane}: a second old at most, and nothing while another process leads. Of
 * lanes, which may be millions, only the worst is told. Thread-safe.
 */
public final class RelayMeters {

    private final MetricRegistry registry;
    private final int database;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile Map<String, HandOut> types = Map.of();

    public RelayMeters(MetricRegistry registry, int database) {
        this.registry = registry;
        this.database = database;
    }

    public int database() {
        return database;
    }

    /** @param latest of all types, each once */
    public void publish(Collection<HandOut> latest) {
        types = latest.stream().collect(Collectors.toUnmodifiableMap(HandOut::type, Function.identity()));
        types.keySet().stream().filter(registered::add).forEach(this::register);
    }

    /** Another process leads. */
    public void clear() {
        types = Map.of();
    }

    private void register(String type) {
        gauge(type, "in-flight", HandOut::inFlight);
        gauge(type, "running", HandOut::running);
        gauge(type, "threads", HandOut::threads);
        gauge(type, "window", HandOut::window);
        gauge(type, "drain-rate", HandOut::drainRate);
        gauge(type, "worst-lane-wait", HandOut::worstLaneSeconds);
        gauge(type, "worst-lane", HandOut::worstLane);
    }

    private <T> void gauge(String type, String name, Function<HandOut, @Nullable T> value) {
        registry.gauge(MetricRegistry.name("jobs", type, "database-" + database, name), () ->
                (Gauge<T>) () -> value.apply(types.getOrDefault(type, HandOut.nothingOf(type))));
    }
}
