package dev.darkroom.gearman.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.GearmandExtension;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.admin.GearmanAdmin;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Debian's gearmand takes --ssl and speaks plain text all the same: it was built without TLS. */
class GearmandTlsIT extends TlsContract {

    @RegisterExtension
    static final GearmandExtension GEARMAND = new GearmandExtension(List.of("--ssl"));

    @Test
    void gearmand_built_without_tls_is_recognized() throws Exception {
        try (RecordedLog log = new RecordedLog()) {
            opened(clientOf(GEARMAND.address(), certificates.client())
                    .connectTimeout(Duration.ofSeconds(1))
                    .build());
            assertThat(log.await("Cannot connect")).contains("speaks no TLS on this port");
        }
        try (GearmanAdmin admin = new GearmanAdmin(GEARMAND.address(), Duration.ofSeconds(1), certificates.client())) {
            assertThatThrownBy(admin::version)
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("speaks no TLS on this port");
        }
    }

    @Test
    void it_speaks_plain_text_in_spite_of_the_option() {
        try (GearmanAdmin admin = new GearmanAdmin(GEARMAND.address())) {
            assertThat(admin.version()).startsWith("1.1.");
        }
    }
}
