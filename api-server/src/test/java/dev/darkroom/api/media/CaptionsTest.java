package dev.darkroom.api.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptionsTest {

    @Test
    void tags_are_lower_case_each_once_in_their_order() {
        assertThat(Captions.tags("At the #Pier, #pier! #Sun_Set2 # #")).containsExactly("pier", "sun_set2");
    }

    @Test
    void tags_may_be_of_any_script_and_end_at_what_is_no_letter() {
        assertThat(Captions.tags("#日本.#köln/#हिन्दी#a-b #😀 ##double"))
                .containsExactly("日本", "köln", "हिन्दी", "a", "double");
    }

    @Test
    void at_most_30_count() {
        String caption = IntStream.range(0, 50).mapToObj(i -> "#t" + i).collect(Collectors.joining(" "));
        assertThat(Captions.tags(caption)).hasSize(30).first().isEqualTo("t0");
    }
}
