package dev.darkroom.jobs.watch;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.darkroom.jobs.watch.lanes.LaneGauges;
import dev.darkroom.jobs.watch.lanes.LaneHandOut;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a relay of this process knows of each type of one database, as gauges {@code jobs.TYPE.database-N.in-flight|running|
 * threads|window|drain-rate|worst-lane-wait|worst-lane}: a second old at most, and nothing while another process leads. Of
 * lanes, which may be millions, those that wait longest and those with most in flight are told: {@code
 * .lane.LANE.oldest-wait|in-flight}. Thread-safe.
 */
public final class RelayMeters {

    private final MetricRegistry registry;
    private final int database;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final LaneGauges<LaneHandOut> lanes;
    private volatile Map<String, HandOut> types = Map.of();

    public RelayMeters(MetricRegistry registry, int database) {
        this.registry = registry;
        this.database = database;
        this.lanes = LaneGauges.ofRelay(registry);
    }

    public int database() {
        return database;
    }

    /** @param latest of all types, each once */
    public void publish(Collection<HandOut> latest) {
        types = latest.stream().collect(Collectors.toUnmodifiableMap(HandOut::type, Function.identity()));
        types.keySet().stream().filter(registered::add).forEach(this::register);
        Map<String, LaneHandOut> told = new HashMap<>();
        for (HandOut type : latest) {
            type.lanes().forEach(lane -> told.put(LaneGauges.name(name(type.type()), lane.lane()), lane));
        }
        lanes.show(told);
    }

    /** Another process leads. */
    public void clear() {
        types = Map.of();
        lanes.show(Map.of());
    }

    private String name(String type) {
        return MetricRegistry.name("jobs", type, "database-" + database);
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
        registry.gauge(name(type) + "." + name, () ->
                (Gauge<T>) () -> value.apply(types.getOrDefault(type, HandOut.nothingOf(type))));
    }
}
