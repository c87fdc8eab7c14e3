package dev.darkroom.ops.bench.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one job cost between two moments.
 *
 * @param walBytes that PostgreSQL wrote ahead
 * @param processes by the name of the part
 */
public record JobCost(double walBytes, Map<String, Part> processes) {

    /** @param processorMicros microseconds of one core; the operating system counts in hundredths of a second */
    public record Part(double processorMicros, double reads, double writes) {}

    /** Of so many jobs. */
    public static JobCost between(CostMeter.Reading from, CostMeter.Reading to, long jobs) {
        Map<String, Part> parts = new TreeMap<>();
        to.parts().forEach((name, use) -> {
            ProcessUse taken = use.since(from.parts().getOrDefault(name, ProcessUse.NONE));
            parts.put(
                    name,
                    new Part(
                            taken.processor().toNanos() / 1e3 / jobs,
                            (double) taken.calls().reads() / jobs,
                            (double) taken.calls().writes() / jobs));
        });
        return new JobCost((double) (to.walBytes() - from.walBytes()) / jobs, parts);
    }

    /** Microseconds of one core, of all parts. */
    public double processorMicros() {
        return processes.values().stream().mapToDouble(Part::processorMicros).sum();
    }

    /** For JSON. */
    public Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("wal_bytes", Math.round(walBytes));
        keys.put("processor_us", Figures.thousandths(processorMicros()));
        processes.forEach((name, part) -> {
            keys.put(name + "_processor_us", Figures.thousandths(part.processorMicros()));
            keys.put(name + "_reads", Figures.thousandths(part.reads()));
            keys.put(name + "_writes", Figures.thousandths(part.writes()));
        });
        return keys;
    }
}
