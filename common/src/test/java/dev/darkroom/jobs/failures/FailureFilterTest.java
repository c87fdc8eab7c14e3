package dev.darkroom.jobs.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureFilterTest {

    private static final FailureFilter FULL = FailureFilter.ALL
            .ofJob(81_921L)
            .ofType("feed.fanout")
            .inGroup("00ff00ff00ff00ff")
            .containing("no \"answer\" 100%")
            .inLane("")
            .during(new FailurePeriod(Instant.parse("2026-01-02T03:04:05.678901Z"), Instant.MAX))
            .after(new AttemptRange(2, 8));

    @Test
    void is_read_as_it_was_written() {
        assertThat(FilterJson.read(FilterJson.write(FULL))).isEqualTo(FULL);
        assertThat(FilterJson.read(FilterJson.write(FailureFilter.ALL))).isEqualTo(FailureFilter.ALL);
        assertThat(FULL.toMap()).hasSize(9);
    }

    @Test
    void what_it_does_not_know_is_refused_and_not_ignored() {
        assertThatThrownBy(() -> FailureFilter.of(Map.of("author", "7"))).hasMessage("A filter has no [author]");
        assertThatThrownBy(() -> FilterJson.read("[1]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_what_no_failure_can_match() {
        assertThatThrownBy(() -> FailureFilter.ALL.inGroup("xyz")).hasMessageContaining("16 hex digits");
        assertThatThrownBy(() -> FailureFilter.ALL.ofJob(0L)).hasMessageContaining("positive");
        assertThatThrownBy(() -> FailureFilter.ALL.containing("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> FailureFilter.ALL.inLane("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> new FailurePeriod(Instant.MAX, Instant.MIN)).hasMessageContaining("not before");
        assertThatThrownBy(() -> new AttemptRange(3, 2)).hasMessageContaining("none");
    }
}
