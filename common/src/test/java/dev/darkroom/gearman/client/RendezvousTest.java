package dev.darkroom.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private final List<ServerAddress> all = IntStream.range(0, 4)
            .mapToObj(i -> new ServerAddress("job" + i, 4730))
            .toList();

    @Test
    void keys_spread_evenly() {
        for (ServerAddress server : all) {
            assertThat(IntStream.range(0, 10_000)
                            .filter(i -> Rendezvous.choose("key" + i, all).equals(server))
                            .count())
                    .isBetween(2_200L, 2_800L);
        }
    }

    @Test
    void only_the_keys_of_a_lost_server_move() {
        List<ServerAddress> left = all.subList(0, 3);
        for (int i = 0; i < 10_000; i++) {
            ServerAddress before = Rendezvous.choose("key" + i, all);
            if (left.contains(before)) {
                assertThat(Rendezvous.choose("key" + i, left)).isEqualTo(before);
            }
        }
    }

    @Test
    void without_servers_there_is_no_choice() {
        assertThat(Rendezvous.choose("key", List.of())).isNull();
    }
}
