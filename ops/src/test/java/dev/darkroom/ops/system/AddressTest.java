package dev.darkroom.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"host", ":1", "host:", "host:x", "host:65536", ""})
    void refuses_what_is_no_address(String text) {
        assertThatThrownBy(() -> Address.parse("--redis", text)).hasMessageContaining("host:port");
    }

    @Test
    void says_in_one_line_that_nobody_answers() {
        Address nobody = Address.loopback(new FreePorts(new SecureRandom()).next());

        assertThatThrownBy(() -> nobody.requireReachable("Redis"))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("Redis can't be reached at " + nobody)
                .message()
                .hasLineCount(1);
    }

    @Test
    void a_used_port_is_refused_with_the_option_that_changes_it() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new FreePorts(new SecureRandom()).require(used.getLocalPort(), "--api-port"))
                    .hasMessageContaining("in use")
                    .hasMessageContaining("--api-port");
        }
    }

    @Test
    void reads_a_postgres_address_with_and_without_credentials() {
        PostgresServer plain = PostgresServer.parse("db:5433");
        PostgresServer full = PostgresServer.parse("postgres://ana:p%40ss@db");

        assertThat(plain).isEqualTo(new PostgresServer(new Address("db", 5433), "postgres", null));
        assertThat(full).isEqualTo(new PostgresServer(new Address("db", 5432), "ana", "p@ss"));
        assertThat(full.toString()).doesNotContain("p@ss");
    }

    @Test
    void does_not_repeat_a_password_it_cannot_use() {
        assertThatThrownBy(() -> PostgresServer.parse("postgres://ana:hidden@db:1/photos"))
                .message()
                .doesNotContain("hidden")
                .contains("without a database");
    }
}
