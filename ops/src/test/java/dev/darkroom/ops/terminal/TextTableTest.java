package dev.darkroom.ops.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void aligns_figures_to_the_right_of_their_column() {
        assertThat(new TextTable("type", "depth")
                        .row("a", 1)
                        .row("feed.fanout", 12_345)
                        .lines())
                .containsExactly("type         depth", "a                1", "feed.fanout  12345");
    }
}
