package dev.darkroom.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritePathTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/users/self,/v1/users/self",
        "/v1/users/self/,/v1/users/self",
        "/v1/users/self.json,/v1/users/self",
        "/v1/users/self.json/,/v1/users/self",
        "/v1/users/self.json.json,/v1/users/self.json",
        "/v1/tags/json,/v1/tags/json",
        "/v1/media/1_2.json,/v1/media/1_2",
        "/v1/,/v1"
    })
    void the_suffix_and_the_last_slash_go(String called, String canonical) {
        assertThat(RewritePath.canonical(called)).isEqualTo(canonical);
    }
}
