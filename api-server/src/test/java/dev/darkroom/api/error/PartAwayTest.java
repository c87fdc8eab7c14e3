package dev.darkroom.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class PartAwayTest {

    @Test
    void lost_connections_and_an_overloaded_or_stopping_server_are_a_part_that_is_away() {
        assertThat(PartAway.isCauseOf(wrapped(new SQLTransientConnectionException("no connection in 5 s"))))
                .isTrue();
        for (String state : new String[] {"08006", "53300", "57P01", "57014"}) {
            assertThat(PartAway.isCauseOf(wrapped(new SQLException("x", state))))
                    .isTrue();
        }
        assertThat(PartAway.isCauseOf(wrapped(new ConnectException("refused")))).isTrue();
    }

    @Test
    void defects_of_ours_are_not() {
        for (String state : new String[] {"42601", "23505", "22001", null}) {
            assertThat(PartAway.isCauseOf(wrapped(new SQLException("x", state))))
                    .isFalse();
        }
        assertThat(PartAway.isCauseOf(new IllegalStateException())).isFalse();
    }

    @Test
    void a_chain_that_bites_its_tail_ends() {
        RuntimeException first = new RuntimeException("a");
        first.initCause(new RuntimeException("b", first));
        assertThat(PartAway.isCauseOf(first)).isFalse();
        assertThat(PartAway.describe(first)).contains("RuntimeException: a <- java.lang.RuntimeException: b");
    }

    private static RuntimeException wrapped(Exception cause) {
        return new IllegalStateException("outer", new RuntimeException("inner", cause));
    }
}
