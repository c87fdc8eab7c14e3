package dev.darkroom.ops.bench.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.bench.load.Feature;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeatureStepTest {

    private static final List<FeatureStep> STEPS = FeatureStep.all();
    private static final Map<String, FeatureStep> BY_NAME =
            STEPS.stream().collect(Collectors.toMap(FeatureStep::name, Function.identity()));

    @Test
    void every_feature_is_in_some_step_and_the_base_has_none() {
        assertThat(STEPS.get(0).features()).isEmpty();
        assertThat(STEPS.stream().flatMap(step -> step.features().stream())).containsAll(EnumSet.allOf(Feature.class));
    }

    @Test
    void every_step_has_one_feature_more_than_the_one_it_is_compared_with() {
        assertThat(STEPS.subList(1, STEPS.size())).allSatisfy(step -> {
            Set<Feature> added = new HashSet<>(step.features());
            added.removeAll(BY_NAME.get(step.against()).features());
            assertThat(added).hasSize(1);
        });
    }

    @Test
    void what_is_always_on_is_on_beside_each_rarer_feature() {
        assertThat(STEPS)
                .filteredOn(step -> step.name().startsWith("all, and"))
                .hasSize(6)
                .allSatisfy(step -> assertThat(step.features()).containsAll(Feature.always()));
        assertThat(BY_NAME).containsKey(FeatureStep.AFTER_METRICS);
    }
}
