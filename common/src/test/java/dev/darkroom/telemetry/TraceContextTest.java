package dev.darkroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceContextTest {

    private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void reads_and_writes_a_traceparent() {
        TraceContext trace = TraceContext.parse(HEADER).orElseThrow();

        assertThat(trace.sampled()).isTrue();
        assertThat(trace.header()).isEqualTo(HEADER);
        assertThat(TraceContext.parse(HEADER.replace("-01", "-00"))
                        .orElseThrow()
                        .sampled())
                .isFalse();
        assertThat(TraceContext.parse("cc" + HEADER.substring(2) + "-more")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void ignores_what_is_not_valid(String header) {
        assertThat(TraceContext.parse(header)).isEmpty();
    }

    @Test
    void a_next_part_belongs_to_the_same_trace() {
        TraceContext trace = TraceContext.begin();

        assertThat(trace.next().traceId()).isEqualTo(trace.traceId()).hasSize(32);
        assertThat(trace.next().spanId()).isNotEqualTo(trace.spanId()).hasSize(16);
        assertThat(TraceContext.parse(trace.header())).contains(trace);
    }

    @Test
    void a_scope_ends_with_what_was_before() {
        try (TraceScope outer = TraceScope.of(HEADER)) {
            try (TraceScope inner = TraceScope.next(HEADER)) {
                assertThat(TraceScope.currentHeader()).isNotEqualTo(HEADER).startsWith(HEADER.substring(0, 35));
            }
            assertThat(TraceScope.currentHeader()).isEqualTo(HEADER);
            assertThat(MDC.get(TraceScope.MDC_KEY)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            try (TraceScope none = TraceScope.next(null)) {
                assertThat(TraceScope.currentHeader()).isEqualTo(HEADER);
            }
        }
        assertThat(TraceScope.currentHeader()).isNull();
        assertThat(MDC.get(TraceScope.MDC_KEY)).isNull();
    }
}
