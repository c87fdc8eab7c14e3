package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @Test
    void host_and_port_are_read_and_written() {
        assertThat(ServerAddress.parse("jobs.example:7003")).isEqualTo(new ServerAddress("jobs.example", 7003));
        assertThat(ServerAddress.parse("jobs.example")).isEqualTo(new ServerAddress("jobs.example", 4730));
        assertThat(ServerAddress.parse("[::1]:7003")).isEqualTo(new ServerAddress("::1", 7003));
        assertThat(ServerAddress.parse("[::1]")).isEqualTo(new ServerAddress("::1", 4730));
        assertThat(ServerAddress.parse("::1")).isEqualTo(new ServerAddress("::1", 4730));
        assertThat(new ServerAddress("::1", 7003)).hasToString("[::1]:7003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "host:", "host:x", "host:0", "host:65536"})
    void what_is_no_address_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.parse(text));
    }
}
