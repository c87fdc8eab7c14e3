package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.config.PartsConfiguration;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample configuration is one that works, and says the defaults. */
class SampleConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void the_sample_loads_and_says_the_defaults() throws Exception {
        ApiLimits limits = load(Path.of("sample/api.yml")).limits();
        assertThat(limits).isEqualTo(ApiLimits.defaults());
        assertThat(limits.requestsPerHour()).isEqualTo(5000);
        assertThat(limits.largestPhoto().toBytes()).isEqualTo(20 << 20);
        assertThat(limits.callersRemembered()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.uploadFolder()).isAbsolute();
    }

    @Test
    void the_admin_port_is_on_loopback() throws Exception {
        DefaultServerFactory server =
                (DefaultServerFactory) load(Path.of("sample/api.yml")).getServerFactory();
        assertThat(server.getAdminConnectors())
                .allSatisfy(connector -> assertThat(((HttpConnectorFactory) connector).getBindHost())
                        .isEqualTo("127.0.0.1"));
    }

    @Test
    void the_sample_of_the_parts_loads() throws Exception {
        // The secret comes from the environment, which a test cannot set.
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
        String sample = Files.readString(Path.of("sample/parts.yml"));
        Path parts = Files.writeString(
                folder.resolve("parts.yml"), sample.replace("env:DARKROOM_S3_SECRET_KEY", "file:" + secret));
        assertThat(PartsConfiguration.load(parts).databases()).hasSize(1);
    }

    private static ApiConfiguration load(Path file) throws Exception {
        ObjectMapper mapper = Jackson.newObjectMapper();
        return new YamlConfigurationFactory<>(ApiConfiguration.class, Validators.newValidator(), mapper, "dw")
                .build(new FileConfigurationSourceProvider(), file.toString());
    }
}
