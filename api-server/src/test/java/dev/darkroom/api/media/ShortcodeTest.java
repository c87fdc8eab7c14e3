package dev.darkroom.api.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.MediaId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortcodeTest {

    /** Pairs that the public API gave out. */
    @ParameterizedTest
    @CsvSource({
        "FCK52,84455030",
        "BG9It,18600493",
        "os1NQjxtvF,733194846952938437",
        "aK1yrGRi3l,471425689728724453",
        "B,1",
        "H__________,9223372036854775807"
    })
    void is_the_number_in_base_64(String shortcode, long number) {
        assertThat(Shortcode.of(new MediaId(number))).isEqualTo(shortcode);
        assertThat(Shortcode.parse(shortcode)).contains(new MediaId(number));
    }

    @Test
    void every_number_comes_back() {
        new Random(1)
                .longs(1_000, 1, Long.MAX_VALUE)
                .mapToObj(MediaId::new)
                .forEach(id -> assertThat(Shortcode.parse(Shortcode.of(id))).contains(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "a b", "é", "I__________", "___________", "aaaaaaaaaaaa", "a+b", "a/b"})
    void other_text_is_none(String text) {
        assertThat(Shortcode.parse(text)).isEmpty();
    }
}
