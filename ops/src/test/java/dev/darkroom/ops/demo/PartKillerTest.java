package dev.darkroom.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PartKillerTest {

    @Test
    void every_database_has_its_turn() {
        Set<String> parts = Set.of("up", "api", "gearman", "redis", "postgres-3", "postgres", "postgres-2", "relay-1");

        assertThat(PartKiller.victims(parts))
                .containsExactly("gearman", "api", "relay-1", "redis", "postgres", "postgres-2", "postgres-3");
    }

    @Test
    void parts_at_a_given_address_are_left_alone() {
        assertThat(PartKiller.victims(Set.of("up", "api"))).containsExactly("api");
        assertThat(PartKiller.victims(Set.of())).isEmpty();
    }
}
