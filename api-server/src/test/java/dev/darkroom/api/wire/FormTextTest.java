package dev.darkroom.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.api.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTextTest {

    @Test
    void decodes_percent_signs_plus_signs_and_utf_8() {
        assertThat(read("a=1+2&b=%2B&c=%C3%BC%F0%9F%98%80&d=ü&e&=f&g=h=i"))
                .containsExactly(
                        Map.entry("a", "1 2"),
                        Map.entry("b", "+"),
                        Map.entry("c", "ü😀"),
                        Map.entry("d", "ü"),
                        Map.entry("e", ""),
                        Map.entry("", "f"),
                        Map.entry("g", "h=i"));
    }

    @Test
    void the_last_of_equal_names_counts() {
        assertThat(read("sig=1&a=2&sig=3")).containsExactly(Map.entry("a", "2"), Map.entry("sig", "3"));
    }

    @Test
    void what_is_encoded_decodes_to_itself() {
        String text = "a b+c&d=e%f/ü😀?#\"'<>";
        assertThat(read("x=" + FormText.encode(text))).containsEntry("x", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%zz", "a=%", "a=%f", "a=%C3", "a=%FF", "a=%ED%A0%80", "a=%00", "%00=a", "a=%C0%80"})
    void refuses_what_is_not_text(String form) {
        assertThatThrownBy(() -> read(form)).isInstanceOf(ApiException.class);
    }

    @Test
    void refuses_more_names_than_any_call_has() {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < 201; i++) {
            form.append("n").append(i).append("=1&");
        }
        assertThatThrownBy(() -> read(form.toString()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("200");
    }

    @Test
    void refuses_bytes_that_are_not_utf_8() {
        assertThatThrownBy(() -> FormText.utf8("ü".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ApiException.class);
    }

    private static Map<String, String> read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        FormText.readInto(values, text);
        return values;
    }
}
