package dev.darkroom.jobs.watch.lanes;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures of those lanes that are told of at present, as gauges {@code PREFIX.lane.LANE.FIGURE}. Those of a lane that is
 * not told of any more are taken out of the registry, so that it holds no more than is told. Thread-safe.
 *
 * @param <V> what is known of one lane
 */
public final class LaneGauges<V> {

    /** No name of a lane: behind an underscore there are two digits in those. */
    private static final String OTHERS = "_others";

    private final MetricRegistry registry;
    private final Map<String, Function<V, @Nullable Object>> figures;
    private volatile Map<String, V> shown = Map.of();

    private LaneGauges(MetricRegistry registry, Map<String, Function<V, @Nullable Object>> figures) {
        this.registry = registry;
        this.figures = figures;
    }

    /** In a worker. */
    public static LaneGauges<LaneMinute> ofWorker(MetricRegistry registry) {
        return new LaneGauges<>(registry, minuteOf(Function.identity()));
    }

    /** In a relay. */
    public static LaneGauges<LaneHandOut> ofRelay(MetricRegistry registry) {
        return new LaneGauges<>(registry, handOutOf(Function.identity()));
    }

    /** Where both is known. */
    public static LaneGauges<LaneFigures> ofAll(MetricRegistry registry) {
        Map<String, Function<LaneFigures, @Nullable Object>> all = new HashMap<>(minuteOf(LaneFigures::minute));
        all.putAll(handOutOf(LaneFigures::handOut));
        return new LaneGauges<>(registry, all);
    }

    private static <V> Map<String, Function<V, @Nullable Object>> minuteOf(Function<V, @Nullable LaneMinute> minute) {
        Map<String, Function<LaneMinute, @Nullable Object>> figures = new HashMap<>();
        figures.put("done-per-second", LaneMinute::donePerSecond);
        figures.put("wait-p50", lane -> lane.waits().secondsAt(0.5));
        figures.put("wait-p99", lane -> lane.waits().secondsAt(0.99));
        figures.put("run-p50", lane -> lane.runs().secondsAt(0.5));
        figures.put("run-p99", lane -> lane.runs().secondsAt(0.99));
        figures.put("retried", lane -> lane.counts().retried());
        figures.put("failed", lane -> lane.counts().failed());
        figures.put("discarded", lane -> lane.counts().discarded());
        return of(minute, figures);
    }

    private static <V> Map<String, Function<V, @Nullable Object>> handOutOf(
            Function<V, @Nullable LaneHandOut> handOut) {
        Map<String, Function<LaneHandOut, @Nullable Object>> figures = new HashMap<>();
        figures.put("in-flight", LaneHandOut::inFlight);
        figures.put("oldest-wait", LaneHandOut::oldestWaitSeconds);
        return of(handOut, figures);
    }

    private static <V, P> Map<String, Function<V, @Nullable Object>> of(
            Function<V, @Nullable P> part, Map<String, Function<P, @Nullable Object>> figures) {
        Map<String, Function<V, @Nullable Object>> whole = new HashMap<>();
        figures.forEach((name, figure) -> whole.put(name, value -> {
            P known = part.apply(value);
            return known == null ? null : figure.apply(known);
        }));
        return whole;
    }

    /** What begins the names of a lane's gauges. */
    public static String name(String prefix, String lane) {
        return MetricRegistry.name(prefix, "lane", LaneName.inMetrics(lane));
    }

    /** Of all lanes that are not told of. */
    public static String nameOfOthers(String prefix) {
        return MetricRegistry.name(prefix, "lane", OTHERS);
    }

    /** @param latest by {@link #name}: every lane that is told of now */
    public synchronized void show(Map<String, V> latest) {
        Map<String, V> before = shown;
        shown = Map.copyOf(latest);
        for (String lane : before.keySet()) {
            if (!latest.containsKey(lane)) {
                figures.keySet().forEach(figure -> registry.remove(lane + "." + figure));
            }
        }
        for (String lane : latest.keySet()) {
            if (!before.containsKey(lane)) {
                figures.forEach((figure, value) ->
                        registry.gauge(lane + "." + figure, () -> (Gauge<Object>) () -> valueOf(lane, value)));
            }
        }
    }

    private @Nullable Object valueOf(String lane, Function<V, @Nullable Object> figure) {
        V value = shown.get(lane);
        return value == null ? null : figure.apply(value);
    }
}
