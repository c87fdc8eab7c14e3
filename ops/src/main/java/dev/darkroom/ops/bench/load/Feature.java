package dev.darkroom.ops.bench.load;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What the platform can do for a job beside having it done. */
public enum Feature {
    /** Only the outcome of a job's current turn counts. */
    FENCE,
    /** Each transaction has a trace, which the runs of its jobs go on with, each with a span of its own. */
    TRACE,
    /** The jobs are spread over {@value LoadJobs#LANES} lanes. */
    LANE,
    /** A rate and a concurrency limit, which are never reached. */
    LIMITS,
    /** Worker processes tell the ledger every second what they are doing. */
    HEARTBEAT,
    /** Each job holds a key until it is done. */
    UNIQUE_KEY,
    /** Each job expires a day after it is due. */
    DEADLINE,
    /** The jobs of a transaction are a flow. */
    FLOW,
    /** A listener hears of every run. */
    LISTENER,
    /** Arguments by the default codec. */
    JSON,
    /** Arguments by the default codec, encrypted. */
    SENSITIVE;

    private static final String NONE = "none";

    /** What every worker process of the platform does. */
    public static Set<Feature> always() {
        return EnumSet.of(FENCE, HEARTBEAT);
    }

    /** For a command line; {@link #parse} reads it. */
    public static String text(Collection<Feature> features) {
        return features.isEmpty() ? NONE : features.stream().map(Feature::name).collect(Collectors.joining(","));
    }

    static Set<Feature> parse(String text) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        if (!text.equals(NONE)) {
            Arrays.stream(text.split(",", -1)).map(Feature::valueOf).forEach(features::add);
        }
        return features;
    }
}
