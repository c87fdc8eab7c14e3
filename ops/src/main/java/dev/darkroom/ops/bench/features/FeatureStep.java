package dev.darkroom.ops.bench.features;

import dev.darkroom.ops.bench.load.Feature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table of {@code bench features} that is measured by draining.
 *
 * @param features that its jobs and processes use
 * @param against the name of the step that its cost is counted from; null for the first
 */
record FeatureStep(
        String name, Set<Feature> features, @Nullable String against) {

    static final String BASE = "base";

    /** In production metrics come before it. */
    static final String AFTER_METRICS = "+ heartbeat";

    private static final String AND = "all, and ";

    FeatureStep {
        features = Set.copyOf(features);
    }

    /** One after another up to all that production uses for most jobs; then each of the others on top of those. */
    static List<FeatureStep> all() {
        List<FeatureStep> steps = new ArrayList<>();
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        steps.add(new FeatureStep(BASE, features, null));
        for (Feature added : List.of(Feature.FENCE, Feature.TRACE, Feature.LANE, Feature.LIMITS, Feature.HEARTBEAT)) {
            features.add(added);
            String before = steps.get(steps.size() - 1).name();
            steps.add(new FeatureStep("+ " + words(added), features, before));
        }
        String all = steps.get(steps.size() - 1).name();
        for (Feature alone :
                List.of(Feature.UNIQUE_KEY, Feature.DEADLINE, Feature.FLOW, Feature.LISTENER, Feature.JSON)) {
            steps.add(new FeatureStep(AND + words(alone), with(features, alone), all));
        }
        // Encrypted arguments are JSON in any case, which is not what the encryption costs.
        steps.add(
                new FeatureStep(AND + "sensitive JSON", with(features, Feature.SENSITIVE), AND + words(Feature.JSON)));
        return List.copyOf(steps);
    }

    private static Set<Feature> with(Set<Feature> features, Feature another) {
        Set<Feature> more = EnumSet.copyOf(features);
        more.add(another);
        return more;
    }

    private static String words(Feature feature) {
        return switch (feature) {
            case LANE -> "1,000 lanes";
            case JSON -> "JSON arguments";
            default -> feature.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
