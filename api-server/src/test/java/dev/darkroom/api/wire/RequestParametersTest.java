package dev.darkroom.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ErrorType;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParametersTest {

    @Test
    void the_body_wins_over_the_query_and_an_empty_value_is_none() {
        RequestParameters parameters =
                new RequestParameters(Map.of("a", "query", "b", "query"), Map.of("a", "body", "b", ""), Map.of());
        assertThat(parameters.text("a")).contains("body");
        assertThat(parameters.text("b")).isEmpty();
        assertThat(parameters.text("c")).isEmpty();
        assertThatThrownBy(() -> parameters.require("c")).hasMessage("Missing c parameter.");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "20,20", "100,100", "101,100", "999999999999999999,100"})
    void a_count_is_held_to_the_largest(String sent, int count) {
        assertThat(with("count", sent).count(20)).isEqualTo(count);
        assertThat(with("other", sent).count(20)).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "84455030_11112,84455030", "9223372036854775807,9223372036854775807", "5_x,5"})
    void of_a_media_id_the_number_counts(String sent, long number) {
        assertThat(with("max_id", sent).mediaId("max_id")).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "_1", "1.0", "٣", "9223372036854775808", "99999999999999999999", " 1"})
    void what_is_no_media_id_is_refused(String sent) {
        assertRefused(() -> with("max_id", sent).mediaId("max_id"));
    }

    @Test
    void timestamps_are_unix_seconds() {
        assertThat(with("t", "1296748524").timestamp("t")).contains(Instant.ofEpochSecond(1_296_748_524));
        assertRefused(() -> with("t", "999999999999999").timestamp("t"));
        assertRefused(() -> with("t", "2011-01-01").timestamp("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"90.00001", "-91", "1e1", "NaN", "Infinity", "0x1p3", "1.", ".5", "1,5", "1d"})
    void degrees_are_plain_decimals_within_the_limit(String sent) {
        assertRefused(() -> with("lat", sent).degrees("lat", 90));
    }

    @Test
    void degrees_may_have_a_sign() {
        assertThat(with("lat", "-90").degrees("lat", 90)).hasValue(-90);
        assertThat(with("lat", "+1.5").degrees("lat", 90)).hasValue(1.5);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_PARAMETERS));
    }

    private static RequestParameters with(String name, String value) {
        return new RequestParameters(Map.of(name, value), Map.of(), Map.of());
    }
}
