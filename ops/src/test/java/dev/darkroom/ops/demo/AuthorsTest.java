package dev.darkroom.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuthorsTest {

    /** Account 1 is followed by 2 to 50, account 2 by 3. */
    private final Graph graph = new Graph(
            "test",
            50,
            IntStream.concat(IntStream.rangeClosed(2, 50), IntStream.of(3)).toArray(),
            IntStream.concat(IntStream.generate(() -> 1).limit(49), IntStream.of(2))
                    .toArray());

    @Test
    void begins_with_the_most_followed() {
        List<Integer> authors = new Authors(graph).of(4);

        assertThat(authors.get(0)).isEqualTo(1);
        assertThat(authors.get(2)).isEqualTo(2);
    }

    @Test
    void chooses_the_same_each_time() {
        assertThat(new Authors(graph).of(40)).isEqualTo(new Authors(graph).of(40));
    }

    @Test
    void draws_the_others_from_those_who_are_followed() {
        List<Integer> authors = new Authors(graph).of(40);

        assertThat(IntStream.range(0, 20).map(i -> authors.get(2 * i + 1)).boxed())
                .containsOnly(1, 2);
    }
}
